package dev.pgtrickle.cli.stress.writer;

import java.sql.SQLException;
import java.time.Duration;

/** Writes, then forgets its transaction for seconds; every third ends in a rollback. */
public record IdleInTransactionWriter() implements Writer {
  private static final Duration FORGETFULNESS = Duration.ofSeconds(4);

  @Override
  public Holding holding() {
    return Holding.LONG;
  }

  @Override
  public void write(WriterSession session) throws SQLException {
    session.execute("BEGIN");
    session.transfer(session.ownAccount(), session.ownAccount());
    session.log();
    session.pause(FORGETFULNESS);
    session.execute(session.below(3) == 0 ? "ROLLBACK" : "COMMIT");
  }
}
