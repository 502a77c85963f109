package dev.pgtrickle.crds.restore;

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
public record RestoreStatus(
    @DefaultValue("-1")
        @Description(
            "The metadata.generation that this status is about; -1 until it is first looked at.")
        @Nullable Long observedGeneration,
    @Description(
            "Pending, Validating, Copying, Applying, CatchingUp, Completed "
                + "or Failed; programs look at the conditions.")
        @Nullable String phase,
    @Description("How far copying is.") @Nullable ProgressStatus progress,
    @Description("What became of each table.") List<RestoreTableStatus> tables,
    @MapList("type") @Description("What can be said about the object, one entry a type.")
        List<Condition> conditions) {

  public RestoreStatus {
    tables = tables == null ? List.of() : List.copyOf(tables);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
