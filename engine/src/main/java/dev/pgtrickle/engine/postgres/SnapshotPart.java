package dev.pgtrickle.engine.postgres;

import java.util.Optional;

/**
 * A statement of the second trip.
 *
 * @param reader what reads its rows, if anybody wants to know them
 */
public record SnapshotPart<R>(BoundStatement statement, Optional<RowsReader<R>> reader) {

  /** A statement whose answer does not matter, as long as it succeeds. */
  public static <R> SnapshotPart<R> silent(BoundStatement statement) {
    return new SnapshotPart<>(statement, Optional.empty());
  }

  public static <R> SnapshotPart<R> reported(BoundStatement statement, RowsReader<R> reader) {
    return new SnapshotPart<>(statement, Optional.of(reader));
  }
}
