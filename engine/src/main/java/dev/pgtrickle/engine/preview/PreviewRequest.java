package dev.pgtrickle.engine.preview;

import dev.pgtrickle.engine.definition.AllTablesPublication;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.Optional;

/**
 * What is asked about.
 *
 * @param mode what was asked for
 * @param demand the mode that the query has to admit
 * @param publication whether one of all tables is accepted
 * @param statements whether the SQL is wanted too
 */
public record PreviewRequest(
    QualifiedName relation,
    String query,
    RefreshMode mode,
    RefreshMode demand,
    Optional<Identifier> owner,
    AllTablesPublication publication,
    Statements statements) {

  /** How much is told. */
  public enum Statements {
    HIDDEN,
    SHOWN
  }

  /** A query that nobody has given a definition. */
  public static PreviewRequest ofQuery(String query, Statements statements) {
    return new PreviewRequest(
        QualifiedName.of("public", "preview"),
        query,
        RefreshMode.AUTO,
        RefreshMode.AUTO,
        Optional.empty(),
        AllTablesPublication.REFUSED,
        statements);
  }

  /** A table as it is defined. */
  public static PreviewRequest of(StreamTableDefinition definition, Statements statements) {
    return new PreviewRequest(
        definition.relation(),
        definition.query(),
        definition.mode(),
        definition.demand(),
        definition.owner(),
        definition.capture().allTablesPublication(),
        statements);
  }
}
