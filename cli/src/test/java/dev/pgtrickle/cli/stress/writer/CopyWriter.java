package dev.pgtrickle.cli.stress.writer;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;

/** COPY FROM: triggers see all its rows as one statement. */
public record CopyWriter() implements Writer {
  private static final int ROWS = 60;
  private static final Duration REST = Duration.ofMillis(100);

  @Override
  public void write(WriterSession session) throws SQLException {
    if (session.below(2) == 0) {
      session.copy("COPY public.entry (account_id, amount, kind) FROM STDIN", entries(session));
    } else {
      long first = session.firstOwnAccount() + 2000;
      session.execute("BEGIN");
      session.execute(
          "DELETE FROM public.account WHERE id BETWEEN %d AND %d", first, first + ROWS - 1);
      session.copy(
          "COPY public.account (id, branch, balance, note) FROM STDIN", accounts(session, first));
      session.execute("COMMIT");
    }
    session.pause(REST);
  }

  private static String entries(WriterSession session) {
    StringBuilder lines = new StringBuilder();
    for (int row = 0; row < ROWS; row++) {
      lines.append(row % 7).append('\t').append(session.amount()).append("\t\\N\n");
    }
    return lines.toString();
  }

  /** Accounts come in pairs whose balances cancel. */
  private static String accounts(WriterSession session, long first) {
    StringBuilder lines = new StringBuilder();
    BigDecimal amount = session.amount();
    for (int row = 0; row < ROWS; row++) {
      lines.append(first + row).append('\t').append(row % 25).append('\t');
      lines.append(row % 2 == 0 ? amount : amount.negate()).append("\tcopied\n");
    }
    return lines.toString();
  }
}
