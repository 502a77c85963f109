package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.testbed.postgres.EmbeddedPostgres;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** The ways in which a database is copied with everything of ours in it. */
final class CopiesOfDatabases {
  private static final String TABLES =
      """
      SELECT format('%I.%I', n.nspname, c.relname)
      FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname IN ('public', 'pgtrickle', 'pgtrickle_data')
      ORDER BY n.nspname = 'public' DESC, 1\
      """;

  private CopiesOfDatabases() {}

  /**
   * {@code CREATE DATABASE .. TEMPLATE}: the copy takes the name, so that the fixture's database is
   * the copy from now on.
   *
   * @return the name of the original
   */
  static String byTemplate(TestDatabase database) throws SQLException {
    String original = renamed(database);
    administrate(
        database.server(),
        "CREATE DATABASE %s TEMPLATE %s OWNER %s"
            .formatted(database.name(), original, database.user()));
    return original;
  }

  /** The same by {@code pg_dump} and {@code psql}. */
  static String byDump(TestDatabase database) throws Exception {
    String original = renamed(database);
    EmbeddedPostgres server = database.server();
    administrate(server, "CREATE DATABASE %s OWNER %s".formatted(database.name(), database.user()));
    String address = "-h 127.0.0.1 -p %d -U postgres".formatted(server.port());
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "pg_dump %1$s %2$s | psql -X -q %1$s %3$s"
                    .formatted(address, original, database.name()))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(said);
    }
    return original;
  }

  /** A database beside it, with the same owner. */
  static String empty(TestDatabase database) throws SQLException {
    String beside = database.name() + "_beside";
    administrate(
        database.server(), "CREATE DATABASE %s OWNER %s".formatted(beside, database.user()));
    return beside;
  }

  /** Whether there is a pg_dump that knows servers of this version. */
  static boolean canDump(TestDatabase database) throws InterruptedException {
    try {
      Process process = new ProcessBuilder("pg_dump", "--version").start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      String major = said.replaceAll("(?s)\\D*(\\d+).*", "$1");
      return Integer.parseInt(major) >= database.version().major();
    } catch (IOException absent) {
      return false;
    }
  }

  static void drop(TestDatabase database, String original) throws SQLException {
    administrate(database.server(), "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(original));
  }

  private static String renamed(TestDatabase database) throws SQLException {
    String original = database.name() + "_original";
    administrate(
        database.server(),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
            .formatted(database.name()),
        "ALTER DATABASE %s RENAME TO %s".formatted(database.name(), original));
    return original;
  }

  private static void administrate(EmbeddedPostgres server, String... statements)
      throws SQLException {
    try (Connection administrator = server.connect("postgres", "postgres")) {
      new SqlSession(administrator).execute(statements);
    }
  }

  /**
   * What is left of a restored dump on another server: objects that were made there, with the rows
   * of the other database in them. Both have the same objects.
   */
  static void rows(TestDatabase from, TestDatabase to) throws SQLException, IOException {
    try (Connection source = from.connectAsSuperuser();
        Connection target = to.connectAsSuperuser()) {
      SqlSession session = new SqlSession(target);
      session.execute("SET session_replication_role = replica");
      List<String> tables = names(source, TABLES);
      List<String> ours = tables.stream().filter(name -> !name.startsWith("public.")).toList();
      // Last, since what is written to the tables of the application is captured.
      for (String table : tables.stream().filter(name -> !ours.contains(name)).toList()) {
        session.execute("DELETE FROM " + table);
        copy(source, target, table);
      }
      session.execute("TRUNCATE TABLE " + String.join(", ", ours));
      for (String table : ours) {
        copy(source, target, table);
      }
      for (String sequence :
          names(
              source,
              """
              SELECT format('SELECT setval(%L, %s)', format('%I.%I', schemaname, sequencename),
                            coalesce(last_value, 1))
              FROM pg_sequences WHERE schemaname = 'pgtrickle'\
              """)) {
        session.query(sequence);
      }
    }
  }

  private static List<String> names(Connection connection, String sql) throws SQLException {
    List<String> names = new ArrayList<>();
    for (List<?> row : new SqlSession(connection).query(sql)) {
      names.add(String.valueOf(row.getFirst()));
    }
    return names;
  }

  private static void copy(Connection source, Connection target, String table)
      throws SQLException, IOException {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    source.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY " + table + " TO STDOUT", rows);
    target
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("COPY " + table + " FROM STDIN", new ByteArrayInputStream(rows.toByteArray()));
  }
}
