package dev.pgtrickle.crds.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.DefaultValue;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.DurationBetween;
import dev.pgtrickle.crds.schema.Immutable;
import dev.pgtrickle.crds.schema.Items;
import dev.pgtrickle.crds.schema.MapList;
import dev.pgtrickle.crds.schema.Range;
import dev.pgtrickle.crds.schema.Required;
import dev.pgtrickle.crds.schema.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to copy, and how long the copy is kept. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SnapshotSpec(
    @Required
        @Items(min = 1, max = 16)
        @MapList("name")
        @Rule(
            value =
                "self.all(one, !has(one.archive) || self.exists_one(other, "
                    + "has(other.archive) && other.archive == one.archive))",
            message = "two tables have the same archive: give each its own name")
        @Immutable("tables is immutable, because a Snapshot is taken once: create another Snapshot")
        @Description(
            "Tables of one database; all are copied in one transaction and "
                + "show the same point in time. Immutable.")
        List<SnapshotTable> tables,
    @Immutable(
            "refreshFirst is immutable, because a Snapshot is taken once: create another Snapshot")
        @Description("Whether the tables are refreshed before. Immutable.")
        @Nullable Boolean refreshFirst,
    @DurationBetween(least = "1m", greatest = "8760h")
        @Immutable(
            "catchUpWindow is immutable, because a Snapshot is taken once: create another Snapshot")
        @Description(
            "How long recorded changes are kept, so that a Restore can go "
                + "on from the Snapshot differentially, for example 24h. "
                + "Immutable.")
        @Nullable String catchUpWindow,
    @Immutable(
            "restorePoint is immutable, because a Snapshot is taken once: create another Snapshot")
        @Description(
            "Whether a restore point is created too, as a target for "
                + "recovery of the whole cluster. Immutable.")
        @Nullable Boolean restorePoint,
    @DefaultValue("\"Retain\"")
        @Description("What becomes of the archive when the resource goes: Retain or Delete.")
        @Nullable SnapshotDeletionPolicy deletionPolicy,
    @DurationBetween(least = "1h", greatest = "87600h")
        @Description(
            "Time after which the resource goes by itself, for example 720h; without it never.")
        @Nullable String ttl,
    @DefaultValue("3")
        @Range(min = 0, max = 20)
        @Immutable(
            "backoffLimit is immutable, because a Snapshot is taken once: create another Snapshot")
        @Description("How often a failed attempt is repeated. Immutable.")
        @Nullable Integer backoffLimit) {

  public SnapshotSpec {
    tables = tables == null ? List.of() : List.copyOf(tables);
  }
}
