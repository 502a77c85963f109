package dev.pgtrickle.cli.stress.writer;

import java.sql.SQLException;
import java.time.Duration;

/** Works for a second or two before it commits what it did first. */
public record LongTransactionWriter() implements Writer {
  private static final Duration BREATH = Duration.ofMillis(150);

  @Override
  public Holding holding() {
    return Holding.LONG;
  }

  @Override
  public void write(WriterSession session) throws SQLException {
    session.execute("BEGIN");
    int steps = 5 + session.below(15);
    for (int step = 0; step < steps; step++) {
      session.transfer(session.ownAccount(), session.ownAccount());
      session.log();
      session.pause(BREATH);
    }
    session.transfer(session.sharedAccount(), session.sharedAccount());
    session.execute("COMMIT");
  }
}
