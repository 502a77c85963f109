package dev.pgtrickle.engine.sql.tree;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/**
 * One table of a WITH clause.
 *
 * @param columns its column aliases; may be empty or fewer than its columns
 * @param hint MATERIALIZED or NOT MATERIALIZED, with a blank after it; else empty
 * @param tail the SEARCH and CYCLE clauses, with the blank before them
 */
public record CommonTableDefinition(
    Identifier name,
    List<Identifier> columns,
    String hint,
    Query query,
    List<Part> tail,
    int offset) {}
