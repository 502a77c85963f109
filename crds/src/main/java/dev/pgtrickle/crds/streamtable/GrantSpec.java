package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who else may read.
 *
 * @param privileges default: SELECT
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GrantSpec(@Nullable String role, List<Privilege> privileges) {

  public GrantSpec {
    privileges = privileges == null ? List.of() : List.copyOf(privileges);
  }
}
