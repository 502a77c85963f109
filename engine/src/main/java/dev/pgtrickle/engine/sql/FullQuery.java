package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.algebra.rewrite.ClockSubstitution;
import dev.pgtrickle.engine.algebra.rewrite.OwnRowsOnly;
import dev.pgtrickle.engine.algebra.rewrite.Refinement;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/**
 * The query that a full refresh runs and that the verifier compares with: the same text for both,
 * refined to one answer where rows tie (P10).
 *
 * @param now the query as it is run in a refresh
 * @param template the same with {@link #CLOCK} in the place of the clock
 */
public record FullQuery(String now, String template) {
  /** Stands for the clock; no SQL can hold this character. */
  public static final String CLOCK = "\0";

  static FullQuery of(Operator plan, List<Identifier> names) {
    Operator refined = new OwnRowsOnly().apply(new Refinement().apply(plan));
    QueryUnparser unparser = new QueryUnparser();
    return new FullQuery(
        unparser.query(refined, names),
        unparser.query(new ClockSubstitution(CLOCK).apply(refined), names));
  }

  /** The query as of a moment: what the clock said then, as an expression of timestamptz. */
  public String asOf(String time) {
    return template.replace(CLOCK, time);
  }
}
