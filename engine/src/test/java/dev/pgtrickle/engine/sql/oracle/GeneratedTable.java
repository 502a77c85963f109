package dev.pgtrickle.engine.sql.oracle;

import dev.pgtrickle.engine.definition.Fallback;
import dev.pgtrickle.engine.definition.Limits;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.definition.Wake;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.verify.VerificationResult;
import dev.pgtrickle.engine.verify.VerificationResult.Verdict;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A random query as a stream table.
 *
 * @param choices that wrote the query
 */
record GeneratedTable(String name, String query, List<Integer> choices) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What a query may be refused for. */
  private static final Set<ErrorCode> REFUSALS =
      Set.of(ErrorCode.UNSUPPORTED, ErrorCode.PARSE_ERROR);

  /** One that chance decides. */
  static GeneratedTable random(long seed) {
    Choices choices = Choices.random(seed);
    String query = new QueryGenerator(choices, Answers.SEVERAL).queryOfAnyWidth();
    return new GeneratedTable("seed_" + seed, query, choices.taken());
  }

  /** One by decisions of before. */
  static GeneratedTable repeated(String name, List<Integer> choices) {
    return new GeneratedTable(
        name,
        new QueryGenerator(Choices.repeated(choices), Answers.SEVERAL).queryOfAnyWidth(),
        choices);
  }

  /** Whether it is over one table: the first decision says so. */
  boolean isNarrow() {
    return choices.getFirst() == QueryGenerator.NARROW;
  }

  /**
   * Whether PostgreSQL computes the query over the rows that are there.
   *
   * @param session says by its timeout how quickly
   */
  boolean runs(SqlSession session) {
    try {
      session.queryLong("SELECT count((q.*)::text) FROM (" + query + ") AS q");
      return true;
    } catch (SQLException failure) {
      return false;
    }
  }

  /**
   * Creates it.
   *
   * @return whether it is kept; a refusal is none when its code is none that is expected
   */
  boolean create(StreamTableEngine engine) {
    try {
      engine.apply(definition());
    } catch (TrickleException refused) {
      if (REFUSALS.contains(refused.code())) {
        return false;
      }
      throw refused;
    }
    engine.await(relation(), PATIENCE);
    return true;
  }

  /** Refreshes; what is different afterwards, in words. */
  Optional<String> difference(StreamTableEngine engine) {
    try {
      engine.refresh(relation(), Optional.empty(), PATIENCE);
      VerificationResult result = engine.verify(relation());
      return result.verdict() == Verdict.EXACT || result.verdict() == Verdict.NOT_COMPARABLE
          ? Optional.empty()
          : Optional.of(
              "%s: %d missing, %d surplus: %s"
                  .formatted(
                      result.verdict(), result.missing(), result.surplus(), result.examples()));
    } catch (TrickleException failure) {
      return Optional.of(failure.oneLine());
    }
  }

  /** Whether its changes are followed, and not only its rows computed again. */
  boolean isDifferential(StreamTableEngine engine) {
    return engine.report().stream()
        .anyMatch(report ->
            report.relation().equals(relation())
                && report.mode().equals(RefreshMode.DIFFERENTIAL.word()));
  }

  private QualifiedName relation() {
    return QualifiedName.of("public", name);
  }

  private StreamTableDefinition definition() {
    return new StreamTableDefinition(
        relation(),
        query,
        RefreshMode.AUTO,
        Fallback.ALLOW,
        new Schedule.Manual(),
        Wake.AUTO,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Limits.defaults(),
        StreamTableDefinition.Activity.ACTIVE,
        new Origin("test", name, "uid-" + name));
  }
}
