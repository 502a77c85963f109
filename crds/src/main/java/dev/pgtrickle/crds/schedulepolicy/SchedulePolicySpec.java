package dev.pgtrickle.crds.schedulepolicy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Items;
import dev.pgtrickle.crds.schema.MapList;
import dev.pgtrickle.crds.schema.Range;
import dev.pgtrickle.crds.schema.Rule;
import dev.pgtrickle.crds.streamtable.Preset;
import dev.pgtrickle.crds.streamtable.ScheduleSpec;
import dev.pgtrickle.crds.streamtable.ServiceLevel;
import dev.pgtrickle.crds.streamtable.Tier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When tables are refreshed and what they may use. Null is what the user did not say. */
@Rule(
    value = "!(has(self.selector) && has(self.default) && self.default)",
    message = "a policy has a selector or is the default, not both: remove one of the two",
    field = ".default")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SchedulePolicySpec(
    @Description(
            "StreamTables of the namespace that the policy is for. Without "
                + "selector and default it counts only where it is referred to.")
        @Nullable LabelSelector selector,
    @JsonProperty("default")
        @Description(
            "Whether the policy is for every StreamTable of the namespace "
                + "that no other one matches.")
        @Nullable Boolean defaultPolicy,
    @Range(min = -1_000_000, max = 1_000_000)
        @Description("The higher one counts where several match; without it 0.")
        @Nullable Integer priority,
    @Description("When tables are refreshed.") @Nullable ScheduleSpec schedule,
    @Description("A named bundle of settings, which fills what the policy does not set.")
        @Nullable Preset preset,
    @Description("How dear the freshness is.") @Nullable Tier tier,
    @Description("What is promised about freshness.") @Nullable ServiceLevel sla,
    @Description("When refreshes may begin.") @Nullable WindowsSpec windows,
    @Description("What the tables of one database that follow this policy share.")
        @Nullable PoolSpec pool,
    @Items(max = 64)
        @MapList({"cluster", "database"})
        @Description("Caps of whole databases; where two policies meet, the smaller one counts.")
        List<DatabaseQuota> databaseQuotas,
    @Range(min = 0, max = 100)
        @Description("Percent of the interval by which refreshes are spread.")
        @Nullable Integer jitter,
    @Description("How failed refreshes are repeated.") @Nullable RetrySpec retry,
    @Description("What is done with what the figures speak for.")
        @Nullable RecommendationsSpec recommendations,
    @Description("Snapshots that are taken of the tables.") @Nullable SnapshotsSpec snapshots) {

  public SchedulePolicySpec {
    databaseQuotas = databaseQuotas == null ? List.of() : List.copyOf(databaseQuotas);
  }
}
