package dev.pgtrickle.cli.stress.writer;

import java.sql.SQLException;
import java.time.Duration;

/** Looks, thinks, and writes at the snapshot of its look. */
public record RepeatableReadWriter() implements Writer {
  private static final Duration THOUGHT = Duration.ofMillis(400);

  @Override
  public Holding holding() {
    return Holding.LONG;
  }

  @Override
  public void write(WriterSession session) throws SQLException {
    session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
    session.execute("SELECT sum(balance) FROM public.account WHERE branch = %d", session.below(25));
    session.pause(THOUGHT);
    session.transfer(session.ownAccount(), session.ownAccount());
    session.log();
    session.transfer(session.sharedAccount(), session.sharedAccount());
    session.execute("COMMIT");
  }
}
