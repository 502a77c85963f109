package dev.pgtrickle.crds.schedulepolicy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Items;
import java.util.List;

/** When refreshes may begin. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WindowsSpec(
    @Items(max = 32) @Description("Times in which no refresh begins.") List<DenyWindow> deny) {

  public WindowsSpec {
    deny = deny == null ? List.of() : List.copyOf(deny);
  }
}
