package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.StreamTableRegistry;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The registry row of a table whose wish may change at any moment. */
final class RegistryRows {
  private final StreamTableRegistry registry = new StreamTableRegistry();

  StreamTableRegistry registry() {
    return registry;
  }

  /**
   * The row as it is now, locked; a step for a wish that is not the newest any more is not done.
   * The next try begins with the newer one.
   */
  StreamTableRecord stillWanted(Connection connection, StreamTableRecord row) throws SQLException {
    return newest(registry.lockById(connection, row.id()), row);
  }

  /** The same without a lock, for a step that takes long: the wish may change while it is done. */
  void requireWanted(Connection connection, StreamTableRecord row) throws SQLException {
    newest(registry.byId(connection, row.id()), row);
  }

  private static StreamTableRecord newest(
      Optional<StreamTableRecord> present, StreamTableRecord row) {
    return present
        .filter(found -> found.revision() == row.revision())
        .orElseThrow(() ->
            TrickleException.of(
                ErrorCode.OBJECT_CHANGED,
                "something else is wanted of %s by now".formatted(row.definition().relation()),
                "it is tried again by itself"));
  }
}
