package dev.pgtrickle.cli.stress.migration;

import dev.pgtrickle.cli.stress.crew.Crew;
import dev.pgtrickle.cli.stress.crew.StopSignal;
import dev.pgtrickle.cli.stress.migration.LockFindings.Sample;
import dev.pgtrickle.cli.stress.migration.LockFindings.Sample.Party;
import dev.pgtrickle.cli.stress.migration.LockFindings.Wait;
import dev.pgtrickle.cli.stress.process.Application;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;

/** A superuser that looks every 10 ms who waits for whom. */
final class LockSampler implements Crew.Work {
  private static final Duration INTERVAL = Duration.ofMillis(10);
  private static final String WAITING =
      """
      SELECT l.pid, l.mode, l.waitstart::text AS wait_start,
             l.locktype || coalesce(
               ' ' || (SELECT format('%I.%I', n.nspname, c.relname)
                       FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                       WHERE c.oid = l.relation), '') AS target,
             extract(epoch FROM clock_timestamp() - l.waitstart) * 1000 AS waited,
             w.application_name = 'pgtrickle' AS ours,
             blocker.ours AS behind_us, coalesce(blocker.refreshes, false) AS behind_refreshes,
             blocker.statements
      FROM pg_locks AS l
      JOIN pg_stat_activity AS w ON w.pid = l.pid
      CROSS JOIN LATERAL (
        SELECT count(*) > 0 AS ours,
               -- Whoever refreshes holds the guard of the table before any lock on a source.
               bool_and(EXISTS (
                 SELECT FROM pg_locks AS h JOIN pg_class AS c ON c.oid = h.relation
                 WHERE h.pid = b.pid AND h.granted AND h.mode = 'ShareRowExclusiveLock'
                   AND c.relnamespace = to_regnamespace('pgtrickle_data'))) AS refreshes,
               string_agg(left(b.query, 60), '; ') AS statements
        FROM pg_stat_activity AS b
        WHERE b.application_name = 'pgtrickle' AND b.pid = ANY (pg_blocking_pids(l.pid))) AS blocker
      WHERE NOT l.granted AND l.waitstart IS NOT NULL AND w.datname = current_database()\
      """;

  private final Application application;
  private final LockFindings findings = new LockFindings();

  LockSampler(Application application) {
    this.application = application;
  }

  LockFindings findings() {
    return findings;
  }

  @Override
  public void run(StopSignal stop) throws SQLException {
    try (Connection connection = application.connectAsSuperuser();
        PreparedStatement statement = connection.prepareStatement(WAITING)) {
      do {
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            findings.add(sample(rows));
          }
        }
        findings.looked();
      } while (!stop.pause(INTERVAL));
    }
  }

  private static Sample sample(ResultSet row) throws SQLException {
    Party behindUs =
        row.getBoolean("behind_refreshes") ? Party.OTHER_BEHIND_A_REFRESH : Party.OTHER_BEHIND_US;
    Party other = row.getBoolean("behind_us") ? behindUs : Party.OTHER;
    return new Sample(
        new Wait(row.getLong("pid"), row.getString("wait_start")),
        row.getString("mode"),
        row.getString("target"),
        Objects.requireNonNullElse(row.getString("statements"), "nobody of ours"),
        Duration.ofMillis(row.getLong("waited")),
        row.getBoolean("ours") ? Party.OURS : other);
  }
}
