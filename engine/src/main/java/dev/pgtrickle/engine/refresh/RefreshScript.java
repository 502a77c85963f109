package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.postgres.BoundStatement;
import java.util.List;
import java.util.stream.Stream;

/**
 * The statements of a refresh after its snapshot.
 *
 * @param preparation staging and settings
 * @param before what comes before the rows: the frontier first (P1)
 * @param apply changes the rows and reports the counts
 * @param after checks that must read the newest catalog just before COMMIT (P7)
 */
record RefreshScript(
    List<BoundStatement> preparation,
    List<BoundStatement> before,
    BoundStatement apply,
    List<BoundStatement> after) {

  /** All that comes before the apply, in order. */
  List<BoundStatement> beforeApply() {
    return Stream.concat(preparation.stream(), before.stream()).toList();
  }
}
