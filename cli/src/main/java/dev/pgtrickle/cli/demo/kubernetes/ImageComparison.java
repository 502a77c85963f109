package dev.pgtrickle.cli.demo.kubernetes;

import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.engine.verify.VerificationResult;
import dev.pgtrickle.engine.verify.VerificationResult.Verdict;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * PostgreSQL itself compares each stream table with its query as it stands, by the binary image of
 * every row, both in one snapshot. It asks nothing of the engine, and applies nothing that is
 * pending.
 */
record ImageComparison(ConnectionTarget database) {
  VerificationResult compare(StreamTableDefinition definition) {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql(definition))) {
      row.next();
      long missing = row.getLong("missing");
      long surplus = row.getLong("surplus");
      return new VerificationResult(
          definition.relation(),
          missing == 0 && surplus == 0 ? Verdict.EXACT : Verdict.DIFFERENT,
          row.getLong("stored_rows"),
          missing,
          surplus,
          List.of());
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "comparing " + definition.relation());
    }
  }

  private static String sql(StreamTableDefinition definition) {
    return """
    WITH stored AS (
      SELECT record_send(stored_row) AS image, count(*) AS copies
      FROM %s AS stored_row
      GROUP BY 1
    ),
    wanted AS (
      SELECT record_send(wanted_row) AS image, count(*) AS copies
      FROM (
        %s
      ) AS wanted_row
      GROUP BY 1
    )
    SELECT coalesce(sum(stored.copies), 0) AS stored_rows,
           coalesce(sum(greatest(coalesce(wanted.copies, 0) - coalesce(stored.copies, 0), 0)), 0) AS missing,
           coalesce(sum(greatest(coalesce(stored.copies, 0) - coalesce(wanted.copies, 0), 0)), 0) AS surplus
    FROM stored
    FULL JOIN wanted ON wanted.image = stored.image\
    """
        .formatted(definition.relation().quoted(), definition.query());
  }
}
