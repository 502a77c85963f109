package dev.pgtrickle.cli.stress.writer;

import dev.pgtrickle.cli.stress.bank.Bank;
import java.sql.SQLException;

/** Writes what is there already, or touches no row at all. */
public record NoOperationWriter() implements Writer {
  @Override
  public void write(WriterSession session) throws SQLException {
    switch (session.below(4)) {
      case 0 ->
          session.execute(
              "UPDATE public.account SET balance = balance, note = note WHERE id = %d",
              session.sharedAccount());
      case 1 ->
          session.execute(
              """
              UPDATE public.entry SET kind = kind WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM public.entry WHERE account_id = %d LIMIT 50
                FOR UPDATE SKIP LOCKED))\
              """,
              session.below(50));
      case 2 -> session.execute("DELETE FROM public.account WHERE id = 0");
      default ->
          session.execute(
              """
              INSERT INTO public.stock (item, place, quantity) VALUES (%d, 1, 1)
              ON CONFLICT (item) DO UPDATE SET place = excluded.place\
              """,
              1 + session.below(Bank.ITEMS));
    }
  }
}
