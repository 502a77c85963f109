package dev.pgtrickle.cli.stress.writer;

import dev.pgtrickle.cli.stress.bank.Bank;
import java.sql.SQLException;
import java.time.Duration;

/** Empties the stock and fills it again in one transaction, at both isolation levels. */
public record TruncateWriter() implements Writer {
  private static final Duration REST = Duration.ofMillis(1500);

  @Override
  public void write(WriterSession session) throws SQLException {
    session.execute(session.below(3) == 0 ? "BEGIN ISOLATION LEVEL REPEATABLE READ" : "BEGIN");
    session.execute("SET LOCAL lock_timeout = '300ms'");
    session.execute("TRUNCATE public.stock");
    session.execute(Bank.fillStock());
    session.execute(session.below(5) == 0 ? "ROLLBACK" : "COMMIT");
    session.pause(REST);
  }
}
