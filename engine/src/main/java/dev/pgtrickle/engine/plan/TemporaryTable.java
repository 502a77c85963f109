package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/** A table that lives as long as the transaction of a refresh. */
record TemporaryTable(Identifier name) {

  String quoted() {
    return "pg_temp." + name.quoted();
  }

  /** Creates it from a query, with statistics. */
  List<String> filledWith(String query) {
    return List.of(
        "CREATE TEMPORARY TABLE " + name.quoted() + " ON COMMIT DROP AS\n" + query,
        "ANALYZE " + quoted());
  }
}
