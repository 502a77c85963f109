package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A Snapshot to begin with. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SnapshotReference(@Nullable NamedReference snapshotRef) {}
