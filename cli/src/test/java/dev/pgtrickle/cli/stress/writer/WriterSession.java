package dev.pgtrickle.cli.stress.writer;

import dev.pgtrickle.cli.stress.bank.Bank;
import dev.pgtrickle.cli.stress.crew.StopSignal;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import org.postgresql.PGConnection;

/** What a writer works with: its connection, its accounts, its dice, its clock. */
public final class WriterSession {
  private final Connection connection;
  private final int number;
  private final Random random;
  private final StopSignal stop;
  private final WriterStatistics statistics;
  private long lastAnswered = System.nanoTime();

  WriterSession(
      Connection connection,
      int number,
      Random random,
      StopSignal stop,
      WriterStatistics statistics) {
    this.connection = connection;
    this.number = number;
    this.random = random;
    this.stop = stop;
    this.statistics = statistics;
  }

  /** Runs one statement and times it. */
  void execute(String sql) throws SQLException {
    long begin = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      lastAnswered = begin;
    } finally {
      statistics.timed(Duration.ofNanos(System.nanoTime() - begin), sql);
    }
  }

  /** The same with values put in; they are our own and need no quoting. */
  void execute(String template, Object value, Object... values) throws SQLException {
    Object[] all = new Object[values.length + 1];
    all[0] = value;
    System.arraycopy(values, 0, all, 1, values.length);
    execute(template.formatted(all));
  }

  /** Whether a query has a row. */
  boolean finds(String sql) throws SQLException {
    long begin = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      lastAnswered = begin;
      return rows.next();
    }
  }

  /** Runs COPY FROM STDIN and times it. */
  void copy(String sql, String lines) throws SQLException {
    long begin = System.nanoTime();
    try {
      connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new StringReader(lines));
      lastAnswered = begin;
    } catch (IOException broken) {
      throw new SQLException("COPY", "08006", broken);
    } finally {
      statistics.timed(Duration.ofNanos(System.nanoTime() - begin), sql);
    }
  }

  /** When the last statement began that was answered, or else when the connection was there. */
  long lastAnswered() {
    return lastAnswered;
  }

  /** Moves money between two accounts, which are locked in the order of their ids. */
  void transfer(long from, long to) throws SQLException {
    if (from != to) {
      execute(
          """
          WITH locked AS (
            SELECT id FROM public.account WHERE id IN (%1$d, %2$d) ORDER BY id FOR UPDATE)
          UPDATE public.account AS a
          SET balance = a.balance + CASE a.id WHEN %1$d THEN -%3$s ELSE %3$s END
          FROM locked WHERE a.id = locked.id\
          """,
          from, to, amount());
    }
  }

  /** Writes a row into the log, at times the same again. */
  void log() throws SQLException {
    execute(
        "INSERT INTO public.entry (account_id, amount, kind) VALUES (%d, %s, %s)",
        below(50),
        below(3) == 0 ? amount().negate() : amount(),
        below(4) == 0 ? "NULL" : "'kind " + below(5) + "'");
  }

  /** Waits that long at most; ends early when all stops. */
  void pause(Duration longest) {
    stop.pause(Duration.ofMillis(below((int) longest.toMillis() + 1)));
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  BigDecimal amount() {
    return BigDecimal.valueOf(1 + below(5000), 2);
  }

  long sharedAccount() {
    return 1L + below(Bank.SHARED_ACCOUNTS);
  }

  long ownAccount() {
    return firstOwnAccount() + below(Bank.OWN_ACCOUNTS);
  }

  long firstOwnAccount() {
    return Bank.firstOwnAccount(number);
  }

  /** The writer's number, from 1. */
  int number() {
    return number;
  }
}
