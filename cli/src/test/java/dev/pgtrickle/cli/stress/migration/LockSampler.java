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
             EXISTS (
               SELECT FROM pg_stat_activity AS b
               WHERE b.application_name = 'pgtrickle'
                 AND b.pid = ANY (pg_blocking_pids(l.pid))) AS behind_us
      FROM pg_locks AS l
      JOIN pg_stat_activity AS w ON w.pid = l.pid
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
    Party other = row.getBoolean("behind_us") ? Party.OTHER_BEHIND_US : Party.OTHER;
    return new Sample(
        new Wait(row.getLong("pid"), row.getString("wait_start")),
        row.getString("mode"),
        row.getString("target"),
        Duration.ofMillis(row.getLong("waited")),
        row.getBoolean("ours") ? Party.OURS : other);
  }
}
