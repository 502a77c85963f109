package dev.pgtrickle.engine.sql.oracle;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Normalised, typed plans of queries over the corpus, for tests of other packages. */
public final class SuitePlans {
  private final TestDatabase database;

  /** A case of the corpus that this version accepts. */
  public record Planned(String name, Operator plan) {}

  private SuitePlans(TestDatabase database) {
    this.database = database;
  }

  /** Makes the corpus' tables. */
  public static SuitePlans corpus(TestDatabase database) throws SQLException {
    database.execute(Suite.CORPUS.schema());
    return new SuitePlans(database);
  }

  public Operator typed(String query) throws SQLException {
    try (CanonicalSession session = new CanonicalSession(database)) {
      return TypedPlans.typed(session, query);
    }
  }

  public List<Planned> all() throws SQLException {
    List<Planned> plans = new ArrayList<>();
    try (CanonicalSession session = new CanonicalSession(database)) {
      for (Suite.Case query : Suite.CORPUS.cases()) {
        Optional<String> canonical = session.canonicalOfUser(query.sql());
        if (canonical.isPresent()) {
          plans.add(new Planned(query.name(), TypedPlans.ofCanonical(session, canonical.get())));
        }
      }
    }
    return plans;
  }
}
