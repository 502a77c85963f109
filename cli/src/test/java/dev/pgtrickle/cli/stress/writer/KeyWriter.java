package dev.pgtrickle.cli.stress.writer;

import dev.pgtrickle.cli.stress.bank.Bank;
import java.sql.SQLException;

/** Changes what identifies rows: primary keys, group keys; deletes a key and inserts it again. */
public record KeyWriter() implements Writer {
  @Override
  public void write(WriterSession session) throws SQLException {
    switch (session.below(4)) {
      case 0 ->
          session.execute(
              "UPDATE public.account SET id = -id WHERE abs(id) BETWEEN %d AND %d",
              session.firstOwnAccount(), session.firstOwnAccount() + Bank.OWN_ACCOUNTS - 1);
      case 1 ->
          session.execute(
              "UPDATE public.account SET branch = %d WHERE id = %d",
              session.below(25), session.sharedAccount());
      case 2 ->
          session.execute(
              "UPDATE public.account SET note = nullif('note %d', 'note 0') WHERE id = %d",
              session.below(7), session.sharedAccount());
      default -> insertAgain(session);
    }
  }

  private static void insertAgain(WriterSession session) throws SQLException {
    long account = session.ownAccount();
    session.execute("BEGIN");
    session.execute(
        """
        CREATE TEMPORARY TABLE gone ON COMMIT DROP AS
        SELECT * FROM public.account WHERE abs(id) = %d\
        """,
        account);
    session.execute("DELETE FROM public.account WHERE abs(id) = %d", account);
    session.execute(
        "INSERT INTO public.account SELECT id, (branch + 1) % 25, balance, note FROM gone");
    session.execute("COMMIT");
  }
}
