package dev.pgtrickle.engine.preview;

import dev.pgtrickle.engine.definition.AllTablesPublication;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.sql.AnalyzedQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** How each table would be captured, and whether the present role may do that. */
final class SourceLook {
  private static final String QUERY =
      """
      WITH RECURSIVE tree (member) AS (
        SELECT ?::bigint::oid
        UNION
        SELECT link.inhrelid FROM tree JOIN pg_inherits AS link ON link.inhparent = tree.member
      )
      SELECT bool_or(has_table_privilege(class.oid, 'SELECT')) FILTER (WHERE class.oid = ?::bigint::oid)
               AS readable,
             bool_and(has_table_privilege(class.oid, 'TRIGGER')) AS triggerable,
             bool_and(pg_has_role(class.relowner, 'USAGE')) AS owned,
             count(*) AS tables,
             (SELECT string_agg(pubname, ', ' ORDER BY pubname)
              FROM pg_publication WHERE puballtables) AS publications
      FROM tree JOIN pg_class AS class ON class.oid = tree.member
      HAVING count(*) > 0\
      """;

  private final Connection connection;
  private final AllTablesPublication publication;

  SourceLook(Connection connection, AllTablesPublication publication) {
    this.connection = connection;
    this.publication = publication;
  }

  List<Preview.Source> at(List<AnalyzedQuery.Source> sources) throws SQLException {
    List<Preview.Source> found = new ArrayList<>();
    for (AnalyzedQuery.Source source : sources) {
      found.add(
          new Preview.Source(
              source.known(),
              source.columns().stream()
                  .map(number -> source.relation().column(number).orElseThrow().name().name())
                  .toList(),
              capture(source)));
    }
    return List.copyOf(found);
  }

  private String capture(AnalyzedQuery.Source source) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
      statement.setLong(1, source.relation().oid());
      statement.setLong(2, source.relation().oid());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw TrickleException.of(
              ErrorCode.OBJECT_CHANGED, "a source was dropped meanwhile", "look again");
        }
        if (publication == AllTablesPublication.REFUSED && row.getString("publications") != null) {
          throw TrickleException.of(
              ErrorCode.PUBLICATION_FOR_ALL_TABLES,
              "a publication FOR ALL TABLES would publish pgtrickle's own tables: "
                  + row.getString("publications"),
              "list the tables of the publication by name, or by schema");
        }
        require(row, "readable", "SELECT", source);
        require(row, "triggerable", "TRIGGER", source);
        if (source.streamTable().isPresent()) {
          return "statement triggers on its rows";
        }
        String triggers =
            row.getLong("tables") == 1
                ? "statement triggers"
                : "statement triggers on %d tables".formatted(row.getLong("tables"));
        return row.getBoolean("owned")
            ? triggers
            : triggers + ", without changes made by replication: the role does not own it";
      }
    }
  }

  private static void require(
      ResultSet row, String column, String right, AnalyzedQuery.Source source) throws SQLException {
    if (!row.getBoolean(column)) {
      throw TrickleException.of(
              ErrorCode.PERMISSION_DENIED,
              "the role has no " + right + " right on the whole table",
              "GRANT %s ON %s TO it".formatted(right, source.relation().name().quoted()))
          .at(source.known().toString());
    }
  }
}
