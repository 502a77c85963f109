package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.property.Capability;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.relations.FunctionFacts;
import dev.pgtrickle.engine.relations.RelationFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * A query that is understood, and how this version can keep its answer current.
 *
 * @param canonicalText as PostgreSQL prints it, every name quoted, without a final semicolon
 * @param outputs its columns as PostgreSQL sees them
 * @param plan normalised, every column with its type
 * @param sources the tables that it reads, also through views, in order of oid
 * @param views oids of the views that were replaced by their queries
 * @param functions all that it calls, also behind operators and casts
 * @param unstable those of the functions whose results may change for rows that did not
 * @param types oids of the types whose definition the answer rests on
 * @param capabilities how each operator could follow changes, inputs first
 */
public record AnalyzedQuery(
    String canonicalText,
    List<ColumnFacts> outputs,
    Operator plan,
    List<Source> sources,
    List<Long> views,
    List<FunctionFacts> functions,
    List<String> unstable,
    Set<Long> types,
    List<Capability> capabilities,
    Form form) {

  /**
   * A table.
   *
   * @param columns attribute numbers of those that are read
   * @param streamTable under which name the query reads it, where it is the storage of a stream
   *     table
   */
  public record Source(
      RelationFacts relation, SortedSet<Integer> columns, Optional<QualifiedName> streamTable) {

    /** The name in the query. */
    public QualifiedName known() {
      return streamTable.orElse(relation.name());
    }
  }

  /** What the rules of this version can do with it. */
  public sealed interface Form {

    /**
     * The delta rules follow it.
     *
     * @param comparison the query that its rows must equal, refined to one answer (P10)
     */
    record Differential(Project root, String comparison) implements Form {}

    /**
     * It is computed again and compared.
     *
     * @param query refined to one answer (P10)
     * @param obstacles why, never empty
     * @param moving what changes its answer without a change of any source (P15)
     * @param unrepeatable why two runs over the same rows may differ; empty = they never do
     */
    record Full(
        FullQuery query, List<Obstacle> obstacles, List<Movement> moving, List<String> unrepeatable)
        implements Form {}
  }
}
