package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.FrontierRegistry;
import dev.pgtrickle.engine.catalog.StampRegistry;
import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.StreamTableRegistry;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.storage.StreamView;
import dev.pgtrickle.engine.storage.WriteGuards;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * After a major upgrade the server prints our views in another way and has created our triggers
 * anew. What a view of ours looks like on this server is learnt from a temporary one, so that a
 * view that somebody has replaced is told from one that nobody has touched. Whether somebody wrote
 * the storage in between cannot be told: the next refresh compares all rows.
 */
final class StampRenewal {
  private final StampRegistry stamps = new StampRegistry();
  private final StreamTableRegistry tables = new StreamTableRegistry();
  private final FrontierRegistry frontiers = new FrontierRegistry();

  /** Does nothing where this major version has written all stamps. */
  void renew(Connection connection) throws SQLException {
    for (long id : stamps.ofOtherServers(connection)) {
      Optional<StreamTableRecord> row = tables.byId(connection, id);
      if (row.isPresent()) {
        renew(connection, row.get());
      }
    }
  }

  private void renew(Connection connection, StreamTableRecord row) throws SQLException {
    VersionRecord version = row.version().orElseThrow();
    StreamView view =
        new StreamView(
            row.definition(),
            version,
            row.contents().orElseThrow().viewColumns(),
            new WriteGuards());
    List<String> ours = new ArrayList<>();
    for (String select : view.selects()) {
      ours.add(print(connection, version, select));
    }
    String present = stamps.ofPresent(connection, row.definition().relation().quoted());
    stamps.renew(connection, version, ours.contains(present) ? present : ours.getFirst());
    frontiers.forgetReading(connection, version.id());
  }

  private String print(Connection connection, VersionRecord version, String select)
      throws SQLException {
    QualifiedName example =
        new QualifiedName(
            Identifier.of("pg_temp"), Identifier.of("view_of_" + version.storage().name().name()));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMPORARY VIEW " + example.name().quoted() + " AS\n" + select);
      String stamp = stamps.ofPresent(connection, example.quoted());
      statement.execute("DROP VIEW " + example.quoted());
      return stamp;
    }
  }
}
