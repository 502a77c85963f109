package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.delta.CommonTable;
import java.util.List;
import java.util.stream.Stream;

/**
 * An apply for many rows: first the difference is put into temporary tables that are analysed, so
 * that the planner knows their size, then it is applied.
 *
 * @param preparation what stages the difference, in order
 */
public record StagedApply(List<StagingStatement> preparation, ApplyStatement apply) {

  /** The same with another difference, which is applied in the same statement. */
  StagedApply with(List<StagingStatement> staging, List<CommonTable> parts) {
    return new StagedApply(
        Stream.concat(preparation.stream(), staging.stream()).toList(), apply.with(parts));
  }
}
