package dev.pgtrickle.cli.stress.writer;

import java.sql.SQLException;

/** One statement, one transaction: the common case. */
public record AutocommitWriter() implements Writer {
  @Override
  public void write(WriterSession session) throws SQLException {
    switch (session.below(4)) {
      case 0 -> session.log();
      case 1 -> session.transfer(session.ownAccount(), session.sharedAccount());
      default -> session.transfer(session.sharedAccount(), session.sharedAccount());
    }
  }
}
