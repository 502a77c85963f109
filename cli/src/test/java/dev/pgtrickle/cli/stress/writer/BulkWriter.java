package dev.pgtrickle.cli.stress.writer;

import dev.pgtrickle.cli.stress.bank.Bank;
import java.sql.SQLException;
import java.time.Duration;

/** Hundreds of rows a statement. */
public record BulkWriter() implements Writer {
  private static final int ROWS = 200;
  private static final Duration REST = Duration.ofMillis(100);

  @Override
  public void write(WriterSession session) throws SQLException {
    switch (session.below(5)) {
      case 0 -> updateAccounts(session);
      case 1 -> insertEntries(session);
      case 2 -> updateEntries(session);
      case 3 -> deleteEntries(session);
      default -> replaceAccounts(session);
    }
    session.pause(REST);
  }

  private static void updateAccounts(WriterSession session) throws SQLException {
    int first = 1 + session.below(Bank.SHARED_ACCOUNTS - ROWS);
    session.execute(
        """
        WITH locked AS (
          SELECT id FROM public.account WHERE id BETWEEN %1$d AND %2$d ORDER BY id FOR UPDATE)
        UPDATE public.account AS a
        SET balance = a.balance + CASE WHEN a.id %% 2 = 0 THEN %3$s ELSE -%3$s END
        FROM locked WHERE a.id = locked.id\
        """,
        first, first + ROWS - 1, session.amount());
  }

  private static void insertEntries(WriterSession session) throws SQLException {
    session.execute(
        """
        INSERT INTO public.entry (account_id, amount, kind)
        SELECT n %% 20, (n %% 9 - 3) * 2.50, CASE n %% 4 WHEN 0 THEN NULL ELSE 'bulk' END
        FROM generate_series(1, %d) AS n\
        """,
        ROWS * 2);
  }

  private static void updateEntries(WriterSession session) throws SQLException {
    session.execute(
        """
        UPDATE public.entry SET amount = -amount WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM public.entry WHERE account_id = %d LIMIT %d FOR UPDATE SKIP LOCKED))\
        """,
        session.below(50), ROWS);
  }

  private static void deleteEntries(WriterSession session) throws SQLException {
    session.execute(
        """
        DELETE FROM public.entry WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM public.entry
          LIMIT (SELECT greatest(count(*) - 3000, %d) FROM public.entry)
          FOR UPDATE SKIP LOCKED))\
        """,
        ROWS);
  }

  /** Accounts come in pairs whose balances cancel. */
  private static void replaceAccounts(WriterSession session) throws SQLException {
    long first = session.firstOwnAccount() + 1000;
    session.execute("BEGIN");
    session.execute(
        "DELETE FROM public.account WHERE id BETWEEN %d AND %d", first, first + ROWS - 1);
    if (session.below(2) == 0) {
      session.execute(
          """
          INSERT INTO public.account (id, branch, balance, note)
          SELECT %1$d + n, n %% 25, CASE n %% 2 WHEN 0 THEN %3$s ELSE -%3$s END, 'note 3'
          FROM generate_series(0, %2$d - 1) AS n\
          """,
          first, ROWS, session.amount());
    }
    session.execute("COMMIT");
  }
}
