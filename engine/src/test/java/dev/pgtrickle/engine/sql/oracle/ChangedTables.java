package dev.pgtrickle.engine.sql.oracle;

import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.runtime.EngineOptions;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.runtime.StreamTableEngines;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Random queries over the same tables, all compared after every batch of changes. */
final class ChangedTables {
  private static final EngineOptions OPTIONS =
      new EngineOptions("random", "random", 2, Duration.ofMillis(100), Duration.ofSeconds(1));

  private final PostgresVersion version;
  private final Over over;
  private final Engine opener;

  /** What the queries read. */
  enum Over {
    TABLES,
    /** A stream table for each table, which has all its rows. */
    STREAM_TABLES,
    /** Tables with partitions. */
    PARTITIONS,
    /** Tables that others inherit from. */
    CHILDREN;

    String schema() {
      return trees()
          .map(trees -> trees.schema(QueryGenerator.SCHEMA))
          .orElse(QueryGenerator.SCHEMA);
    }

    Optional<TableTrees> trees() {
      return switch (this) {
        case TABLES, STREAM_TABLES -> Optional.empty();
        case PARTITIONS -> Optional.of(TableTrees.PARTITIONS);
        case CHILDREN -> Optional.of(TableTrees.CHILDREN);
      };
    }
  }

  /** Where engines come from: a planted bug is another one. */
  @FunctionalInterface
  interface Engine {
    StreamTableEngine open(ConnectionTarget target, EngineOptions options);
  }

  ChangedTables(PostgresVersion version, Over over) {
    this(version, over, (target, options) -> StreamTableEngines.open(target, options, event -> {}));
  }

  ChangedTables(PostgresVersion version, Over over, Engine opener) {
    this.version = version;
    this.over = over;
    this.opener = opener;
  }

  String schema() {
    return over.schema();
  }

  /**
   * The first difference.
   *
   * @param batch how many batches it took
   */
  record Found(GeneratedTable table, int batch, String difference) {}

  /**
   * What a run came to.
   *
   * @param kept tables
   * @param differential those of them that are kept by their changes
   * @param comparisons of a table after a batch
   */
  record Run(int kept, int differential, int comparisons, Optional<Found> found) {}

  Run run(List<GeneratedTable> tables, List<List<String>> batches) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      database.execute(over.schema());
      ConnectionTarget target = new ConnectionTarget(database.jdbcUrl(), database.user(), "");
      try (StreamTableEngine engine = opener.open(target, OPTIONS);
          Connection connection = database.connect()) {
        SqlSession session = new SqlSession(connection);
        session.execute("SET statement_timeout = '250ms'");
        List<GeneratedTable> read =
            over == Over.STREAM_TABLES ? copies(database, engine) : List.of();
        List<GeneratedTable> kept = new ArrayList<>();
        for (GeneratedTable table : tables) {
          if (table.runs(session) && table.create(engine)) {
            kept.add(table);
          }
        }
        session.execute("SET statement_timeout = '60s'");
        int differential =
            (int) kept.stream().filter(table -> table.isDifferential(engine)).count();
        int comparisons = 0;
        for (int batch = 0; batch < batches.size(); batch++) {
          change(database, batches.get(batch));
          for (GeneratedTable table : together(kept, read)) {
            Optional<String> difference = table.difference(engine);
            if (difference.isEmpty()) {
              comparisons++;
            } else if (table.runs(session)) {
              return new Run(
                  kept.size(),
                  differential,
                  comparisons + 1,
                  Optional.of(new Found(table, batch + 1, difference.get())));
            }
            // Else the data make the query fail, which they do whoever runs it.
          }
        }
        return new Run(kept.size(), differential, comparisons, Optional.empty());
      }
    }
  }

  /** What is read comes last: it is refreshed by those that read it. */
  private static List<GeneratedTable> together(
      List<GeneratedTable> kept, List<GeneratedTable> read) {
    return Stream.concat(kept.stream(), read.stream()).toList();
  }

  /** Puts the tables out of the way, and stream tables in their places. */
  private static List<GeneratedTable> copies(TestDatabase database, StreamTableEngine engine)
      throws SQLException {
    List<GeneratedTable> copies = new ArrayList<>();
    database.execute("CREATE SCHEMA below");
    for (List<Object> row :
        database.query(
            "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY oid")) {
      String name = String.valueOf(row.getFirst());
      database.execute("ALTER TABLE public." + name + " SET SCHEMA below");
      GeneratedTable copy = new GeneratedTable(name, "SELECT * FROM below." + name, List.of());
      if (!copy.create(engine)) {
        throw new IllegalStateException("no stream table of " + name);
      }
      copies.add(copy);
    }
    return copies;
  }

  /** Statements may fail, as those of applications do: a key that is taken, a type that is full. */
  private static void change(TestDatabase database, List<String> statements) throws SQLException {
    try (Connection connection = database.connect()) {
      SqlSession session = new SqlSession(connection);
      // Where there is no such schema it does no harm.
      session.execute("SET search_path = below, public");
      for (String statement : statements) {
        try {
          session.execute(statement);
        } catch (SQLException refused) {
          // Whether it fails is PostgreSQL's to say; what is there afterwards is compared.
        }
      }
    }
  }
}
