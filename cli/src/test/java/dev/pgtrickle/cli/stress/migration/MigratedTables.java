package dev.pgtrickle.cli.stress.migration;

import dev.pgtrickle.cli.stress.bank.Bank;
import dev.pgtrickle.cli.stress.bank.WatchedTable;
import dev.pgtrickle.cli.stress.bank.WatchedTable.Maintenance;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The sources that are altered, and the stream tables that come while they are. */
final class MigratedTables {
  /** The sources, which all have a column {@code scratch} that no query reads. */
  static final List<String> SOURCES = List.of("public.account", "public.stock", "public.ledger");

  /** There from the beginning; the full one takes a while each time. */
  static final List<WatchedTable> FIRST =
      List.of(
          table(
              "branch_total",
              "SELECT branch, count(*) AS accounts FROM public.account GROUP BY branch",
              "schedule: {onChange: {}}"),
          table(
              "place_total",
              "SELECT place, sum(quantity) AS quantity FROM public.stock GROUP BY place",
              "schedule: {onChange: {}}"),
          table(
              "ledger_full",
              "SELECT kind, count(*) AS lines, sum(amount) AS total FROM public.ledger GROUP BY kind",
              "schedule: {every: 1s}\n  refresh: {mode: Full}"));

  /** Installed one by one; each needs a column that was not captured before. */
  static final List<WatchedTable> LATER =
      List.of(
          table(
              "balance_total",
              "SELECT branch, sum(balance) AS total FROM public.account GROUP BY branch",
              "schedule: {onChange: {}}"),
          table(
              "item_copy",
              "SELECT item, place, quantity FROM public.stock",
              "schedule: {onChange: {}}"),
          table(
              "note_total",
              "SELECT note, count(*) AS accounts FROM public.account GROUP BY note",
              "schedule: {onChange: {}}"),
          table(
              "ledger_by_place",
              "SELECT place, sum(amount) AS total FROM public.ledger GROUP BY place",
              "schedule: {onChange: {}}"));

  private MigratedTables() {}

  static void install(Connection connection) throws SQLException {
    Bank.install(connection);
    new SqlSession(connection)
        .execute(
            "CREATE TABLE public.ledger (kind integer NOT NULL, place integer, amount integer)",
            """
            INSERT INTO public.ledger (kind, place, amount)
            SELECT n % 100, n % 7, n % 1000 FROM generate_series(1, 200000) AS n\
            """);
    for (String source : SOURCES) {
      new SqlSession(connection)
          .execute("ALTER TABLE " + source + " ADD COLUMN scratch text DEFAULT 'x'");
    }
  }

  private static WatchedTable table(String name, String query, String specification) {
    return new WatchedTable(name, query, specification, Optional.empty(), Maintenance.DIFFERENTIAL);
  }
}
