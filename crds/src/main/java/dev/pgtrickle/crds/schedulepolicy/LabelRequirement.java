package dev.pgtrickle.crds.schedulepolicy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Items;
import dev.pgtrickle.crds.schema.Length;
import dev.pgtrickle.crds.schema.Required;
import dev.pgtrickle.crds.schema.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One condition on labels, as everywhere in Kubernetes. */
@Rule(
    value =
        "self.operator in ['In', 'NotIn'] ? has(self.values) && "
            + "self.values.size() > 0 : !has(self.values) || "
            + "self.values.size() == 0",
    message = "In and NotIn need values, Exists and DoesNotExist have none: add or remove values",
    field = ".values")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LabelRequirement(
    @Required @Length(min = 1, max = 317) @Description("Label that is looked at.")
        @Nullable String key,
    @Required @Description("In, NotIn, Exists or DoesNotExist.") @Nullable LabelOperator operator,
    @Items(max = 32) @Length(max = 63) @Description("Values for In and NotIn.")
        List<String> values) {

  public LabelRequirement {
    values = values == null ? List.of() : List.copyOf(values);
  }
}
