package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.relations.FunctionFacts;
import java.util.List;

/**
 * A query that is understood.
 *
 * @param canonicalText as PostgreSQL prints it, every name quoted, without a final semicolon
 * @param root the projection onto the output columns
 * @param functions everything that it calls
 */
public record AnalyzedQuery(String canonicalText, Project root, List<FunctionFacts> functions) {}
