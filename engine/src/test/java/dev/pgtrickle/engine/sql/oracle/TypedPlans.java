package dev.pgtrickle.engine.sql.oracle;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.rewrite.Normalisation;
import dev.pgtrickle.engine.sql.compile.PlanTypes;
import dev.pgtrickle.engine.sql.parser.DeepStack;
import java.sql.SQLException;

/** Normalised plans that know their types. */
final class TypedPlans {

  private TypedPlans() {}

  /** The plan of a query that the user wrote. */
  static Operator typed(CanonicalSession session, String query) throws SQLException {
    String canonical = session.canonicalOfUser(query).orElseThrow(() -> new SQLException(query));
    return ofCanonical(session, canonical);
  }

  static Operator ofCanonical(CanonicalSession session, String canonical) throws SQLException {
    return ofCanonical(session, canonical, new Normalisation());
  }

  static Operator ofCanonical(
      CanonicalSession session, String canonical, Normalisation normalisation) throws SQLException {
    try {
      session.execute("SET LOCAL search_path = pg_catalog; SET LOCAL quote_all_identifiers = on");
      return of(
          session, DeepStack.call(() -> new RoundTrip(session).plan(canonical)), normalisation);
    } finally {
      session.rollback();
    }
  }

  /** The same for a plan that was resolved in a transaction that reads canonically. */
  static Operator of(CanonicalSession session, Operator resolved) {
    return of(session, resolved, new Normalisation());
  }

  static Operator of(CanonicalSession session, Operator resolved, Normalisation normalisation) {
    try {
      return new PlanTypes(session.connection())
          .typed(DeepStack.call(() -> normalisation.apply(resolved)));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
