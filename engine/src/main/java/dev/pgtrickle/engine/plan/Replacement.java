package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.delta.CommonTable;
import java.util.List;
import java.util.stream.Stream;

/**
 * All rows of a storage table for all rows of another query, where no key relates the two.
 *
 * @param preparation what only reads, in order
 * @param delete removes every row
 * @param apply puts the new ones in
 * @param after builds what the new key rests on
 */
public record Replacement(
    List<StagingStatement> preparation, String delete, ApplyStatement apply, List<String> after) {

  /** The same with a difference of another table, which is applied in the same statement. */
  Replacement with(List<StagingStatement> staging, List<CommonTable> parts) {
    return new Replacement(
        Stream.concat(preparation.stream(), staging.stream()).toList(),
        delete,
        apply.with(parts),
        after);
  }
}
