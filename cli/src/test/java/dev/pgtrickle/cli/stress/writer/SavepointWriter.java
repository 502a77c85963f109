package dev.pgtrickle.cli.stress.writer;

import java.sql.SQLException;

/** Rolls parts of its transaction back, parts that would break the totals. */
public record SavepointWriter() implements Writer {
  @Override
  public void write(WriterSession session) throws SQLException {
    session.execute("BEGIN");
    session.transfer(session.ownAccount(), session.ownAccount());
    session.execute("SAVEPOINT outer_part");
    breakTotals(session);
    session.execute("SAVEPOINT inner_part");
    breakTotals(session);
    session.log();
    if (session.below(2) == 0) {
      session.execute("ROLLBACK TO inner_part");
    }
    session.execute("ROLLBACK TO outer_part");
    session.execute("SAVEPOINT kept_part");
    session.log();
    session.transfer(session.sharedAccount(), session.sharedAccount());
    session.execute("RELEASE kept_part");
    session.execute(session.below(4) == 0 ? "ROLLBACK" : "COMMIT");
  }

  private static void breakTotals(WriterSession session) throws SQLException {
    session.execute(
        "UPDATE public.account SET balance = balance + %s WHERE id = %d",
        session.amount(), session.ownAccount());
    session.execute(
        """
        INSERT INTO public.account (id, branch, balance) VALUES (%d, 1, 7)
        ON CONFLICT (id) DO UPDATE SET balance = excluded.balance + 1\
        """,
        session.firstOwnAccount() + 5000);
  }
}
