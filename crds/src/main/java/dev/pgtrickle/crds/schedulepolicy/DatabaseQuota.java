package dev.pgtrickle.crds.schedulepolicy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.DurationBetween;
import dev.pgtrickle.crds.schema.ObjectName;
import dev.pgtrickle.crds.schema.PostgresName;
import dev.pgtrickle.crds.schema.Range;
import dev.pgtrickle.crds.schema.Required;
import org.jspecify.annotations.Nullable;

/** The cap of a whole database, whatever its policies. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DatabaseQuota(
    @Required @ObjectName @Description("Cluster of CloudNativePG in the same namespace.")
        @Nullable String cluster,
    @Required @PostgresName @Description("Database of the cluster.") @Nullable String database,
    @Range(min = 1, max = 1000) @Description("Most workers at the same time.")
        @Nullable Integer workers,
    @DurationBetween(least = "1ms", greatest = "64s")
        @Description("Worker time per second, for example 1s.")
        @Nullable String refreshBudget) {}
