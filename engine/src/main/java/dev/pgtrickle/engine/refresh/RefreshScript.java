package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.postgres.BoundStatement;
import java.util.List;

/**
 * The statements of a refresh after its snapshot.
 *
 * @param preparation staging and settings, without parameters
 * @param before what comes before the rows: the frontier first (P1)
 * @param apply changes the rows and reports the counts
 * @param after checks that must read the newest catalog just before COMMIT (P7)
 */
record RefreshScript(
    List<String> preparation,
    List<BoundStatement> before,
    BoundStatement apply,
    List<BoundStatement> after) {}
