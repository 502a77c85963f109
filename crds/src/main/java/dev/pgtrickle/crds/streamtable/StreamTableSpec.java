package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.DefaultValue;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.DurationRule;
import dev.pgtrickle.crds.schema.Immutable;
import dev.pgtrickle.crds.schema.Items;
import dev.pgtrickle.crds.schema.Length;
import dev.pgtrickle.crds.schema.MapList;
import dev.pgtrickle.crds.schema.PostgresName;
import dev.pgtrickle.crds.schema.Required;
import dev.pgtrickle.crds.schema.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks for. A component is null when the user did not say it: defaults are not filled
 * in here, so that they can be told from the user's word.
 */
@Rule(
    value = "(has(self.cluster) ? 1 : 0) + (has(self.connection) ? 1 : 0) == 1",
    message = "set exactly one of cluster or connection")
@Rule(
    value = "(has(self.query) ? 1 : 0) + (has(self.queryFrom) ? 1 : 0) == 1",
    message = "set exactly one of query or queryFrom")
@Rule(
    value = "!(has(self.connection) && has(self.credentials))",
    message = "connection carries its own credentials: remove credentials",
    field = ".credentials")
@Rule(
    value =
        "!has(self.sla) || !has(self.sla.maxStaleness) || "
            + "!has(self.schedule) || !has(self.schedule.every) || "
            + "!self.sla.maxStaleness.matches("
            + DurationRule.CEL
            + ") || !self.schedule.every.matches("
            + DurationRule.CEL
            + ") || duration(self.sla.maxStaleness) >= duration(self.schedule.every)",
    message =
        "sla.maxStaleness is shorter than schedule.every, which can't be "
            + "kept: promise no less than the interval",
    field = ".sla.maxStaleness")
@Rule(
    value = "has(oldSelf.bootstrap) || !has(self.bootstrap)",
    message = "bootstrap is read once, at creation: it can't be added later; use a Restore",
    field = ".bootstrap")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamTableSpec(
    @Immutable("cluster is immutable: create another StreamTable for another cluster")
        @Description(
            "Cluster of CloudNativePG in the same namespace. Exactly one "
                + "of cluster and connection. Immutable.")
        @Nullable NamedReference cluster,
    @Description(
            "Any other PostgreSQL server, where the operator allows it. "
                + "Exactly one of cluster and connection.")
        @Nullable SecretConnection connection,
    @Required
        @PostgresName
        @Rule(
            value = "!(self in ['template0', 'template1'])",
            message = "template0 and template1 can't hold stream tables: choose another database")
        @Immutable("database is immutable: create another StreamTable for another database")
        @Description("Database of the table and of all its sources. Immutable.")
        @Nullable String database,
    @DefaultValue("{}") @Description("Name of the relation that readers use. Immutable.")
        @Nullable TableName table,
    @PostgresName
        @Description("Role with whose rights the query reads; without it the credentials' user.")
        @Nullable String owner,
    @Description("Who we are at the database of the cluster; without it the user of <cluster>-app.")
        @Nullable Credentials credentials,
    @Length(min = 1, max = 65_536)
        @Rule(
            value = "bytes(self).size() <= 65536",
            message = "a query has at most 65536 bytes (64 KiB): move parts of it into views")
        @Rule(
            value = "self.matches('[^ \\\\t\\\\n\\\\f\\\\r]')",
            message = "the query is empty: write a SELECT")
        @Description(
            "The query, one SELECT. Exactly one of query and queryFrom. It "
                + "is read with the search path <table.schema>, public and "
                + "with pinned settings.")
        @Nullable String query,
    @Description("The query in a ConfigMap. Exactly one of query and queryFrom.")
        @Nullable QuerySource queryFrom,
    @Description("How a refresh works.") @Nullable RefreshSpec refresh,
    @Description(
            "A named bundle of settings, which fills what is not set here: "
                + "RealTime, Batch or CostOptimized.")
        @Nullable Preset preset,
    @Description(
            "SchedulePolicy in the same namespace; it goes before those that match by selector.")
        @Nullable NamedReference schedulePolicyRef,
    @Description("When the table is refreshed; it goes before preset and policy.")
        @Nullable ScheduleSpec schedule,
    @Description(
            "How dear the freshness is: Hot takes the interval as it is, "
                + "Warm doubles it, Cold takes ten times of it, Frozen skips.")
        @Nullable Tier tier,
    @Description("What is promised about freshness.") @Nullable ServiceLevel sla,
    @Description("How changes of the sources are recorded.") @Nullable CaptureSpec capture,
    @Description("Which tables always show the same point in time.")
        @Nullable ConsistencySpec consistency,
    @Items(max = 32)
        @PostgresName
        @Rule(
            value = "self.all(one, self.exists_one(other, other == one))",
            message = "a column is there twice: name each column once")
        @Description(
            "Columns that identify a row of the result; needed only where they cannot be derived.")
        List<String> primaryKey,
    @Items(max = 32)
        @Rule(
            value =
                "self.all(one, self.exists_one(other, other.columns == "
                    + "one.columns && other.method == one.method && "
                    + "other.unique == one.unique))",
            message = "the same index is there twice: remove one of the two")
        @Description("Indexes on the result.")
        List<IndexSpec> indexes,
    @Items(max = 64) @MapList("role") @Description("Who else may read the result.")
        List<GrantSpec> grants,
    @DefaultValue("\"OnCreate\"")
        @Description("When the first load happens: OnCreate or OnSchedule.")
        @Nullable Initialize initialize,
    @DefaultValue("false")
        @Description("Whether refreshing pauses; the result stays readable and gets older.")
        @Nullable Boolean suspend,
    @DefaultValue("\"Apply\"")
        @Description(
            "What happens when the query changes: Apply does it, and "
                + "readers see the old answer meanwhile; AwaitApproval waits "
                + "for a hash in approvedDefinition or in the annotation "
                + "pgtrickle.dev/approve; Reject refuses.")
        @Nullable QueryChangePolicy onQueryChange,
    @Length(max = 128)
        @Description(
            "Hash of status.pendingDefinition that may be applied: the way to approve in Git.")
        @Nullable String approvedDefinition,
    @DefaultValue("\"Repair\"")
        @Description("What is done about changes behind our back: Repair or Report.")
        @Nullable DriftPolicy driftPolicy,
    @DefaultValue("\"Never\"")
        @Description(
            "Whether a relation that is there already may be taken over: "
                + "Never, IfOrphaned, or RenameExisting, which keeps the old "
                + "one under another name.")
        @Nullable AdoptionPolicy adoptionPolicy,
    @DefaultValue("\"Retain\"")
        @Description(
            "What is left when the resource goes: Retain keeps the "
                + "relation and drops what maintains it; Delete drops the "
                + "relation too, never anything that depends on it; Orphan "
                + "hands it over, and keeps recording changes for 24 hours.")
        @Nullable DeletionPolicy deletionPolicy,
    @Rule(
            value = "self == oldSelf",
            message = "bootstrap is read once, at creation: it can be removed later, not changed")
        @Description("What the table is loaded from at its creation, instead of its query.")
        @Nullable SnapshotReference bootstrap,
    @Description("Bounds of the table and its refreshes.") @Nullable LimitsSpec limits) {

  public StreamTableSpec {
    primaryKey = primaryKey == null ? List.of() : List.copyOf(primaryKey);
    indexes = indexes == null ? List.of() : List.copyOf(indexes);
    grants = grants == null ? List.of() : List.copyOf(grants);
  }
}
