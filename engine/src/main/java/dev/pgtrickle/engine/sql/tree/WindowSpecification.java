package dev.pgtrickle.engine.sql.tree;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * The inside of a window's parentheses.
 *
 * @param base the window that it refines
 * @param frame from ROWS, RANGE or GROUPS on; empty where there is none
 */
public record WindowSpecification(
    Optional<Identifier> base,
    List<Expression> partition,
    List<SortItem> order,
    List<Part> frame) {}
