package dev.pgtrickle.crds.schedulepolicy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.schema.DefaultValue;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.MapList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report for people and programs. */
@DefaultValue("{\"observedGeneration\": -1}")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SchedulePolicyStatus(
    @DefaultValue("-1")
        @Description(
            "The metadata.generation that this status is about; -1 until it is first looked at.")
        @Nullable Long observedGeneration,
    @Description("StreamTables that follow this policy.") @Nullable Integer matched,
    @MapList("type") @Description("What can be said about the object, one entry a type.")
        List<Condition> conditions) {

  public SchedulePolicyStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
