package dev.pgtrickle.engine.verify;

import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.plan.StorageColumn;
import dev.pgtrickle.engine.plan.Upkeep;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.OpenSnapshot;
import dev.pgtrickle.engine.postgres.SqlText;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import dev.pgtrickle.engine.refresh.RefreshRehearsal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The oracle: table and query as multisets of images, counted by PostgreSQL in one snapshot. An
 * image is the bytes that the types' own send functions give, so 1.0 is not 1.00 and -0 is not 0;
 * it shares no code with the plans that it judges.
 */
public final class Verifier {
  private static final int MAXIMUM_EXAMPLES = 10;

  private final RefreshRehearsal rehearsal;

  public Verifier(RefreshRehearsal rehearsal) {
    this.rehearsal = rehearsal;
  }

  /** Whether the table was refreshed just for this comparison. */
  public enum Occasion {
    AT_ANY_TIME,
    AFTER_REFRESH
  }

  /**
   * Compares. A table that moves unseen, because a function reads what nobody captures, is due for
   * a refresh when it differs; only after one is a difference a difference.
   */
  public VerificationResult verify(MaintainedTable table, Occasion occasion) {
    VerificationResult result = verify(table);
    boolean mayHaveMoved =
        table.plan().upkeep() instanceof Upkeep.Full full
            && full.mayMoveUnseen()
            && occasion == Occasion.AT_ANY_TIME;
    return result.verdict() == VerificationResult.Verdict.DIFFERENT && mayHaveMoved
        ? VerificationResult.without(
            table.definition().relation(), VerificationResult.Verdict.REFRESH_DUE)
        : result;
  }

  private VerificationResult verify(MaintainedTable table) {
    if (table.version().population() == VersionRecord.Population.EMPTY) {
      return VerificationResult.without(
          table.definition().relation(), VerificationResult.Verdict.NOT_POPULATED);
    }
    if (table.plan().upkeep() instanceof Upkeep.Full full && !full.isComparable()) {
      return VerificationResult.without(
          table.definition().relation(), VerificationResult.Verdict.NOT_COMPARABLE);
    }
    return rehearsal
        .look(table, snapshot -> compare(table, snapshot))
        .orElseGet(() ->
            VerificationResult.without(
                table.definition().relation(), VerificationResult.Verdict.REFRESH_DUE));
  }

  private static VerificationResult compare(MaintainedTable table, OpenSnapshot snapshot)
      throws SQLException {
    snapshot.execute(List.of("SET LOCAL enable_seqscan = on"));
    Connection connection = snapshot.connection();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(comparison(table))) {
      row.next();
      long missing = row.getLong("missing");
      long surplus = row.getLong("surplus");
      return new VerificationResult(
          table.definition().relation(),
          missing == 0 && surplus == 0
              ? VerificationResult.Verdict.EXACT
              : VerificationResult.Verdict.DIFFERENT,
          row.getLong("stored_rows"),
          missing,
          surplus,
          examples(row));
    }
  }

  private static List<String> examples(ResultSet row) throws SQLException {
    List<String> examples = new ArrayList<>();
    for (Object example : (Object[]) row.getArray("examples").getArray()) {
      examples.add(String.valueOf(example));
    }
    return examples;
  }

  /** The clock of the refresh that wrote the rows: it is stored with the frontier. */
  private static String asOf(MaintainedTable table) {
    return "SELECT min(read.refreshed_at) FROM pgtrickle.frontier AS read WHERE read.version_id = "
        + table.version().id();
  }

  private static String comparison(MaintainedTable table) {
    List<Identifier> visible =
        table.plan().columns().stream()
            .filter(column -> column.visibility() == StorageColumn.Visibility.VISIBLE)
            .map(StorageColumn::name)
            .toList();
    return """
    WITH __stored AS (
      SELECT %s FROM %s
    ),
    __expected AS (
    %s
    ),
    signed AS (
      SELECT record_send(__stored) AS image, __stored::text AS shown, 1 AS weight FROM __stored
      UNION ALL
      SELECT record_send(__expected), __expected::text, -1 FROM __expected
    ),
    difference AS (
      SELECT min(shown) AS shown, sum(weight) AS weight
      FROM signed GROUP BY image HAVING sum(weight) <> 0
    )
    SELECT (SELECT count(*) FROM __stored) AS stored_rows,
           coalesce(sum(-weight) FILTER (WHERE weight < 0), 0) AS missing,
           coalesce(sum(weight) FILTER (WHERE weight > 0), 0) AS surplus,
           coalesce((SELECT array_agg(line) FROM (
             SELECT CASE WHEN weight < 0 THEN '-' ELSE '+' END || shown AS line
             FROM difference ORDER BY shown LIMIT %d) AS first_lines), '{}') AS examples
    FROM difference\
    """
        .formatted(
            SqlText.identifiers(visible),
            table.version().storage().quoted(),
            table.statements().visibleQuery(asOf(table)),
            MAXIMUM_EXAMPLES);
  }
}
