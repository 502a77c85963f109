package dev.pgtrickle.cli.stress.process;

import dev.pgtrickle.cli.stress.crew.Crew;
import dev.pgtrickle.cli.stress.crew.StopSignal;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Terminates backends of the product, as an administrator or a failing network does. */
public final class BackendTerminator implements Crew.Work {
  private static final String TERMINATE_ONE =
      """
      SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))
      FROM (SELECT pid FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = '%s'
            ORDER BY random() LIMIT 1) AS victim\
      """
          .formatted(Application.PRODUCT_NAME);

  private final Application application;
  private final Duration longestPeace;
  private final Random random;
  private final AtomicInteger terminated = new AtomicInteger();

  /**
   * @param longestPeace between two terminations
   */
  public BackendTerminator(Application application, Duration longestPeace, Random random) {
    this.application = application;
    this.longestPeace = longestPeace;
    this.random = random;
  }

  @Override
  public void run(StopSignal stop) throws SQLException {
    while (!stop.pause(Duration.ofMillis(random.nextInt((int) longestPeace.toMillis())))) {
      long begin = System.nanoTime();
      try (Connection connection = application.connectAsSuperuser()) {
        terminated.addAndGet((int) new SqlSession(connection).queryLong(TERMINATE_ONE));
      } catch (SQLException failure) {
        if (!application.outages().explain(failure, begin)) {
          throw failure;
        }
      }
    }
  }

  /** Backends that were terminated. */
  public int terminated() {
    return terminated.get();
  }
}
