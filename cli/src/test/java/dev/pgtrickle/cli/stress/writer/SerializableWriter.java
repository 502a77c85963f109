package dev.pgtrickle.cli.stress.writer;

import java.sql.SQLException;

/** Reads a branch and writes into it, as if alone. */
public record SerializableWriter() implements Writer {
  @Override
  public void write(WriterSession session) throws SQLException {
    session.execute("BEGIN ISOLATION LEVEL SERIALIZABLE");
    session.execute("SELECT sum(balance) FROM public.account WHERE branch = %d", session.below(25));
    session.transfer(session.sharedAccount(), session.sharedAccount());
    session.log();
    session.execute("COMMIT");
  }
}
