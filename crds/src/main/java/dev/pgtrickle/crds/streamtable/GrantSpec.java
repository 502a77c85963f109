package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.DefaultValue;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Items;
import dev.pgtrickle.crds.schema.PostgresName;
import dev.pgtrickle.crds.schema.Required;
import dev.pgtrickle.crds.schema.SetList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who else may read. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GrantSpec(
    @Required @PostgresName @Description("Role that gets the privileges.") @Nullable String role,
    @DefaultValue("[\"SELECT\"]")
        @Items(min = 1, max = 8)
        @SetList
        @Description("What the role may do; reading is all there is.")
        List<Privilege> privileges) {

  /** Without a word about them, the default of the API; an empty list stays empty. */
  public GrantSpec {
    privileges = privileges == null ? List.of(Privilege.SELECT) : List.copyOf(privileges);
  }
}
