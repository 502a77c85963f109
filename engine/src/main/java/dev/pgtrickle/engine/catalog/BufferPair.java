package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.definition.Buffers;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The two buffers of one generation of a source. Buffers are never altered (P3): more columns mean
 * a new generation, and this one drains.
 *
 * @param columns attribute number to the type of its buffer column, as SQL text
 * @param persistence whether they survive a crash
 * @param settled a barrier has been passed since the capture functions write here, so that no
 *     writer is left inside the body of an older generation
 * @param drainedAt since when it is empty and nobody writes here any more; dropped after a while
 */
public record BufferPair(
    long sourceId,
    int generation,
    SortedMap<Integer, String> columns,
    Buffers persistence,
    boolean settled,
    Optional<Instant> drainedAt) {

  public QualifiedName buffer(BufferSide side) {
    return DataSchema.table("changes_%d_%d_%s".formatted(sourceId, generation, side.letter()));
  }

  public List<QualifiedName> buffers() {
    return List.of(buffer(BufferSide.A), buffer(BufferSide.B));
  }

  public boolean drained() {
    return drainedAt.isPresent();
  }

  public boolean has(Collection<Integer> attributeNumbers) {
    return columns.keySet().containsAll(attributeNumbers);
  }
}
