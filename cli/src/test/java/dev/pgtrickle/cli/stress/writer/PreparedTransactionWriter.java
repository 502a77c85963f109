package dev.pgtrickle.cli.stress.writer;

import java.sql.SQLException;
import java.time.Duration;

/** Two-phase commit: between both phases the transaction belongs to no session. */
public record PreparedTransactionWriter() implements Writer {
  private static final Duration BETWEEN_PHASES = Duration.ofMillis(1500);

  @Override
  public Holding holding() {
    return Holding.LONG;
  }

  @Override
  public void write(WriterSession session) throws SQLException {
    session.execute("BEGIN");
    session.transfer(session.ownAccount(), session.ownAccount());
    session.log();
    session.execute("PREPARE TRANSACTION %s", name(session));
    session.pause(BETWEEN_PHASES);
    session.execute("%s PREPARED %s", session.below(4) == 0 ? "ROLLBACK" : "COMMIT", name(session));
  }

  /** A crash leaves the prepared transaction, as it should; a writer has one at most. */
  @Override
  public void recover(WriterSession session) throws SQLException {
    if (session.finds("SELECT FROM pg_prepared_xacts WHERE gid = " + name(session))) {
      session.execute("COMMIT PREPARED %s", name(session));
    }
  }

  private static String name(WriterSession session) {
    return "'stress writer " + session.number() + "'";
  }
}
