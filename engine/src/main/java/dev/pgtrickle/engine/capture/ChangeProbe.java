package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.DatabasePool;
import dev.pgtrickle.engine.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Asks a whole database in one statement whose sources have changed. While no transaction has
 * committed and no WAL was written since it asked last, it does not even look into the buffers.
 *
 * <p>It belongs to one database and one worker: it remembers what it saw last.
 */
public final class ChangeProbe {
  private static final String QUERY =
      """
      SELECT present.snapshot, present.position, unread.version_id, unread.source_id
      FROM (SELECT pg_current_snapshot()::text AS snapshot,
                   pg_current_wal_insert_lsn()::text AS position) AS present
      LEFT JOIN LATERAL (
        SELECT changed.version_id, changed.source_id
        FROM pgtrickle_data.unread() AS changed
        WHERE present.snapshot <> ? OR present.position <> ?
      ) AS unread ON true
      """;

  private final DatabasePool pool;
  private Moment last = new Moment("", "");

  public ChangeProbe(DatabasePool pool) {
    this.pool = pool;
  }

  /** A source that a storage version has not consumed up to now. */
  public record Unread(long versionId, long sourceId) {}

  private record Moment(String snapshot, String position) {}

  /**
   * What has become unread, or is unread still if anything at all has happened in the database
   * since the last look. Forgets nothing when it fails.
   */
  public synchronized Set<Unread> look() {
    try (Connection connection = pool.borrow();
        PreparedStatement statement = connection.prepareStatement(QUERY)) {
      statement.setString(1, last.snapshot());
      statement.setString(2, last.position());
      Set<Unread> unread = new LinkedHashSet<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          last = new Moment(row.getString("snapshot"), row.getString("position"));
          long versionId = row.getLong("version_id");
          if (!row.wasNull()) {
            unread.add(new Unread(versionId, row.getLong("source_id")));
          }
        }
      }
      return unread;
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "looking for changes");
    }
  }

  /** Makes the next look go into the buffers, whatever happened; after a refresh that failed. */
  public synchronized void lookAgain() {
    last = new Moment("", "");
  }
}
