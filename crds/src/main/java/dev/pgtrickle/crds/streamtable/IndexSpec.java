package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.DefaultValue;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Items;
import dev.pgtrickle.crds.schema.PostgresName;
import dev.pgtrickle.crds.schema.Required;
import dev.pgtrickle.crds.schema.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An index on the result. */
@Rule(
    value = "!self.unique || self.method == 'btree'",
    message = "only a btree index can be unique: use method btree",
    field = ".unique")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record IndexSpec(
    @Required
        @Items(min = 1, max = 32)
        @PostgresName
        @Rule(
            value = "self.all(one, self.exists_one(other, other == one))",
            message = "a column is there twice: name each column once")
        @Description("Columns of the result, in order.")
        List<String> columns,
    @DefaultValue("\"btree\"") @Description("PostgreSQL's access method.")
        @Nullable IndexMethod method,
    @DefaultValue("false") @Description("Whether the columns are unique; only btree can be.")
        @Nullable Boolean unique) {

  public IndexSpec {
    columns = columns == null ? List.of() : List.copyOf(columns);
  }
}
