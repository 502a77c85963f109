package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.schema.DefaultValue;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.MapList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report for people and programs; nothing of ours depends on it. */
@DefaultValue("{\"observedGeneration\": -1}")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamTableStatus(
    @DefaultValue("-1")
        @Description(
            "The metadata.generation that this status is about; -1 until it is first looked at.")
        @Nullable Long observedGeneration,
    @Description("The relation that readers use, as schema.name.") @Nullable String relation,
    @Description("How the query is maintained.") @Nullable PlanStatus plan,
    @Description("A change that waits for approval.") @Nullable PendingDefinition pendingDefinition,
    @Description("Which schedule counts.") @Nullable ScheduleStatus schedule,
    @Description("How old the result is.") @Nullable FreshnessStatus freshness,
    @Description("How the last refresh went.") @Nullable LastRefreshStatus lastRefresh,
    @Description("What became of the last refresh that was asked for.")
        @Nullable RefreshRequestStatus refreshRequest,
    @Description("Refreshes that failed since the last one that did not.")
        @Nullable Integer consecutiveFailures,
    @Description("How much there is.") @Nullable StorageStatus storage,
    @Description("Which database this is.") @Nullable DatabaseStatus database,
    @MapList("type") @Description("What can be said about the object, one entry a type.")
        List<Condition> conditions) {

  public StreamTableStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** A status that says nothing yet. */
  public static StreamTableStatus empty() {
    return new StreamTableStatus(
        null, null, null, null, null, null, null, null, null, null, null, List.of());
  }
}
