package dev.pgtrickle.cli.bench;

import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * How many blocks refreshes touched so far, found in memory or read, of tables, indexes and
 * temporary tables: by pg_stat_statements, of the statements of a refresh: the fingerprint of the
 * catalog, the computation of the changes and their application, history and frontier. What the
 * engine does besides, such as looking for requests and for what changed, does not count.
 */
public final class BlockMeter {
  private static final String INSTALLED =
      """
      SELECT count(*) FROM pg_extension AS e
      JOIN pg_settings AS loaded ON loaded.name = 'pg_stat_statements.max'
      WHERE e.extname = 'pg_stat_statements'\
      """;
  private static final String TOUCHED =
      """
      SELECT coalesce(sum(shared_blks_hit + shared_blks_read + local_blks_hit + local_blks_read), 0)
      FROM pg_stat_statements
      WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (query LIKE '%INTO pgtrickle.history%'
          OR query LIKE 'CREATE TEMP%'
          OR query LIKE '%pgtrickle.frontier AS f SET%'
          OR query LIKE '%bit_xor(hash_record_extended%')\
      """;

  private final SqlSession session;
  private final boolean isInstalled;

  /** A meter that reads over this connection, which stays the caller's to close. */
  public BlockMeter(Connection connection) {
    this.session = new SqlSession(connection);
    this.isInstalled = isInstalled(session);
  }

  private static boolean isInstalled(SqlSession session) {
    try {
      return session.queryLong(INSTALLED) > 0;
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "looking for pg_stat_statements");
    }
  }

  /** Nothing where the extension is not there. */
  public OptionalLong read() throws SQLException {
    return isInstalled ? OptionalLong.of(session.queryLong(TOUCHED)) : OptionalLong.empty();
  }

  /** For the head of the report. */
  public String description() {
    return isInstalled
        ? "hit or read, of the statements of a refresh, by pg_stat_statements"
        : "not taken: pg_stat_statements is not installed";
  }
}
