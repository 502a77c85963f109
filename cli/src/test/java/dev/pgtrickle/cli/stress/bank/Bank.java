package dev.pgtrickle.cli.stress.bank;

import dev.pgtrickle.testbed.postgres.SqlSession;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The tables of the application. Every committed transaction keeps the sum of all balances and the
 * sum of all quantities, so that any consistent view of them shows the same totals.
 *
 * <p>Accounts 1 to 1000 are everybody's; each writer has 20 of its own besides, so that one that
 * holds row locks for long is in nobody's way.
 */
public final class Bank {
  /** Accounts of everybody, with ids from 1. */
  public static final int SHARED_ACCOUNTS = 1000;

  /** Accounts of one writer, with ids from {@link #firstOwnAccount}. */
  public static final int OWN_ACCOUNTS = 20;

  /** Writers that have accounts of their own, numbered from 1. */
  public static final int WRITERS = 20;

  /** Items in stock, with keys from 1. */
  public static final int ITEMS = 300;

  /** Sum of all balances after every commit. */
  public static final BigDecimal BALANCES =
      new BigDecimal(100 * (SHARED_ACCOUNTS + WRITERS * OWN_ACCOUNTS)).setScale(2);

  /** Sum of all quantities after every commit. */
  public static final BigDecimal QUANTITIES = new BigDecimal(10 * ITEMS);

  private static final long OWN_ACCOUNTS_DISTANCE = 100_000;

  private Bank() {}

  /** The smallest id of a writer's own accounts. */
  public static long firstOwnAccount(int writer) {
    return writer * OWN_ACCOUNTS_DISTANCE + 1;
  }

  /** The statement that fills the empty stock. */
  public static String fillStock() {
    return """
    INSERT INTO public.stock (item, place, quantity)
    SELECT item, CASE WHEN item %% 10 = 0 THEN NULL ELSE item %% 12 END, 10
    FROM generate_series(1, %d) AS item\
    """
        .formatted(ITEMS);
  }

  /** Creates and fills the tables. */
  public static void install(Connection connection) throws SQLException {
    new SqlSession(connection)
        .execute(
            """
            CREATE TABLE public.account (
              id      bigint PRIMARY KEY,
              branch  integer NOT NULL,
              balance numeric(14,2) NOT NULL,
              note    text
            )\
            """,
            "CREATE TABLE public.entry (account_id bigint, amount numeric(14,2), kind text)",
            """
            CREATE TABLE public.stock (
              item     integer PRIMARY KEY,
              place    integer,
              quantity integer NOT NULL
            )\
            """,
            """
            INSERT INTO public.account (id, branch, balance, note)
            SELECT id, id % 25, 100.00, CASE WHEN id % 7 = 0 THEN NULL ELSE 'note ' || id % 7 END
            FROM (SELECT generate_series(1, {shared}) AS id
                  UNION ALL
                  SELECT writer * {distance} + account
                  FROM generate_series(1, {writers}) AS writer,
                       generate_series(1, {own}) AS account) AS ids\
            """
                .replace("{shared}", Integer.toString(SHARED_ACCOUNTS))
                .replace("{distance}", Long.toString(OWN_ACCOUNTS_DISTANCE))
                .replace("{writers}", Integer.toString(WRITERS))
                .replace("{own}", Integer.toString(OWN_ACCOUNTS)),
            """
            INSERT INTO public.entry (account_id, amount, kind)
            SELECT n % 50, (n % 21 - 10) * 1.25, CASE WHEN n % 5 = 0 THEN NULL ELSE 'first' END
            FROM generate_series(1, 2000) AS n\
            """,
            fillStock());
  }
}
