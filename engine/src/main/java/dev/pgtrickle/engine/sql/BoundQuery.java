package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Grouping;
import dev.pgtrickle.engine.algebra.Scan;
import java.util.List;
import java.util.Optional;

/**
 * A query whose column references are bound.
 *
 * @param items the output expressions; in an aggregated query over keys and calls only
 * @param grouping empty for a query that does not aggregate
 */
record BoundQuery(
    Scan scan,
    Optional<List<BoundElement>> where,
    Optional<Grouping> grouping,
    List<List<BoundElement>> keys,
    List<List<BoundElement>> items) {}
