package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.sql.parser.Bounds;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How large a query may be in a database: setting maxParseNodes, where pgtrickle is installed. */
public final class QueryBounds {
  private static final String INSTALLED = "SELECT to_regclass('pgtrickle.setting') IS NOT NULL";

  private static final String MOST_NODES =
      "SELECT value::integer FROM pgtrickle.setting WHERE name = 'maxParseNodes'";

  public Bounds read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(INSTALLED)) {
        row.next();
        if (!row.getBoolean(1)) {
          return Bounds.standard();
        }
      }
      try (ResultSet row = statement.executeQuery(MOST_NODES)) {
        return row.next() ? Bounds.standard().withNodes(row.getInt(1)) : Bounds.standard();
      }
    }
  }
}
