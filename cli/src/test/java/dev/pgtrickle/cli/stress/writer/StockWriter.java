package dev.pgtrickle.cli.stress.writer;

import dev.pgtrickle.cli.stress.bank.Bank;
import java.sql.SQLException;

/** Short transactions beside TRUNCATE. */
public record StockWriter() implements Writer {
  @Override
  public void write(WriterSession session) throws SQLException {
    int from = 1 + session.below(Bank.ITEMS);
    int to = 1 + session.below(Bank.ITEMS);
    if (session.below(3) == 0) {
      session.execute(
          "UPDATE public.stock SET place = nullif(%d, 0) WHERE item = %d", session.below(12), to);
    } else if (from != to) {
      session.execute("BEGIN");
      move(session, Math.min(from, to), "-");
      move(session, Math.max(from, to), "+");
      session.execute(session.below(5) == 0 ? "ROLLBACK" : "COMMIT");
    }
  }

  private static void move(WriterSession session, int item, String sign) throws SQLException {
    session.execute("UPDATE public.stock SET quantity = quantity %s 1 WHERE item = %d", sign, item);
  }
}
