package dev.pgtrickle.crds.restore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.Timestamp;
import dev.pgtrickle.crds.schema.DefaultValue;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.DurationBetween;
import dev.pgtrickle.crds.schema.Items;
import dev.pgtrickle.crds.schema.MapList;
import dev.pgtrickle.crds.schema.Range;
import dev.pgtrickle.crds.schema.Rule;
import dev.pgtrickle.crds.streamtable.NamedReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to put back. Immutable as a whole. */
@Rule(
    value = "self == oldSelf",
    message = "a Restore is immutable, because it runs once: create another Restore")
@Rule(
    value = "(has(self.snapshotRef) ? 1 : 0) + (has(self.archive) ? 1 : 0) == 1",
    message = "set exactly one of snapshotRef or archive")
@Rule(
    value = "!has(self.archive) || has(self.tables)",
    message =
        "archive needs tables: write the name of each archive in from, and its StreamTable in to",
    field = ".tables")
@Rule(
    value =
        "!has(self.tables) || (has(self.archive) ? self.tables.all(table, "
            + "bytes(table.from).size() <= 63 && "
            + "!table.from.matches('[\\\\x00-\\\\x1f\\\\x7f]')) : "
            + "self.tables.all(table, "
            + "table.from.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')))",
    message =
        "from is the name of a StreamTable with snapshotRef, and of an "
            + "archive (at most 63 bytes) with archive: correct from",
    field = ".tables")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RestoreSpec(
    @Description("Snapshot in the same namespace. Exactly one of snapshotRef and archive.")
        @Nullable NamedReference snapshotRef,
    @Description("Archives without their Snapshot. Exactly one of snapshotRef and archive.")
        @Nullable ArchiveSource archive,
    @Items(min = 1, max = 16)
        @MapList("to")
        @Description(
            "Which tables; without it all of the Snapshot, each into the StreamTable of its name.")
        List<RestoreTable> tables,
    @Description("How the tables get from the Snapshot to now: Auto, Differential, Full or None.")
        @Nullable CatchUpChoice catchUp,
    @Description("What happens when the query is not the one of the Snapshot: Fail or Full.")
        @Nullable MismatchPolicy onDefinitionMismatch,
    @Description("A Restore that has not begun by then fails with Expired.")
        @Nullable Timestamp notAfter,
    @DefaultValue("2")
        @Range(min = 0, max = 20)
        @Description("How often a failed attempt is repeated.")
        @Nullable Integer backoffLimit,
    @DurationBetween(least = "1h", greatest = "87600h")
        @Description(
            "Time after the end when the resource goes by itself, for "
                + "example 168h; without it never.")
        @Nullable String ttlAfterFinished) {

  public RestoreSpec {
    tables = tables == null ? List.of() : List.copyOf(tables);
  }
}
