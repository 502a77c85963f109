package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/** A table that lives as long as the transaction of a refresh. */
record TemporaryTable(Identifier name) {

  String quoted() {
    return "pg_temp." + name.quoted();
  }

  /** Creates it from a query, with statistics. */
  List<StagingStatement> filledWith(String query) {
    return filledWith(DriverText.operatorsDoubled(query), List.of());
  }

  /** The same from a query that is text for the driver, with a {@code ?} for each parameter. */
  List<StagingStatement> filledWith(String query, List<WindowParameter> parameters) {
    return List.of(
        new StagingStatement(
            "CREATE TEMPORARY TABLE " + name.quoted() + " ON COMMIT DROP AS\n" + query, parameters),
        StagingStatement.of("ANALYZE " + quoted()));
  }
}
