package dev.pgtrickle.cli.stress.bank;

import dev.pgtrickle.cli.stress.bank.WatchedTable.Maintenance;
import dev.pgtrickle.cli.stress.bank.WatchedTable.Total;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The stream tables of the stress: each kind of key, each schedule, both modes. */
public final class WatchedTables {
  /** All of them. */
  public static final List<WatchedTable> ALL =
      List.of(
          differential(
              "branch_total",
              """
              SELECT branch, count(*) AS accounts, sum(balance) AS total
              FROM public.account GROUP BY branch\
              """,
              "schedule: {onChange: {}}",
              total("total", Bank.BALANCES)),
          differential(
              "note_total",
              """
              SELECT note, count(*) AS accounts, sum(balance) AS total
              FROM public.account GROUP BY note\
              """,
              "schedule: {every: 1s}",
              total("total", Bank.BALANCES)),
          differential(
              "account_copy",
              "SELECT id, branch, balance, note FROM public.account",
              "schedule: {onChange: {}}",
              total("balance", Bank.BALANCES)),
          differential(
              "entry_credit",
              """
              SELECT account_id, amount, upper(kind) AS kind
              FROM public.entry WHERE amount > 0\
              """,
              "schedule: {onChange: {}}",
              Optional.empty()),
          differential(
              "entry_total",
              "SELECT count(*) AS entries, count(kind) AS kinds, sum(amount) AS total FROM public.entry",
              "schedule: {every: 1s}",
              Optional.empty()),
          // No writer prepares a transaction that changes the stock, so it may notify.
          differential(
              "place_total",
              """
              SELECT place, count(*) AS items, sum(quantity) AS quantity
              FROM public.stock GROUP BY place\
              """,
              "schedule: {onChange: {}}\n  capture: {wake: Notify}",
              total("quantity", Bank.QUANTITIES)),
          new WatchedTable(
              "stock_full",
              "SELECT item, place, quantity FROM public.stock",
              "schedule: {every: 1s}\n  refresh: {mode: Full}\n  capture: {wake: Notify}",
              total("quantity", Bank.QUANTITIES),
              Maintenance.FULL));

  private WatchedTables() {}

  private static WatchedTable differential(
      String name, String query, String specification, Optional<Total> total) {
    return new WatchedTable(name, query, specification, total, Maintenance.DIFFERENTIAL);
  }

  private static Optional<Total> total(String column, BigDecimal sum) {
    return Optional.of(new Total(column, sum));
  }
}
