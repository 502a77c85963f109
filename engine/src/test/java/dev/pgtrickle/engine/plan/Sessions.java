package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.NewSessionListener;
import dev.pgtrickle.engine.postgres.PinnedDataSource;
import dev.pgtrickle.engine.postgres.PinnedSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Sessions like those of the engine, in databases with its schemas. */
public final class Sessions {

  private Sessions() {}

  /** A pinned session of the database's owner. */
  public static Connection pinned(TestDatabase database) throws SQLException {
    return new PinnedDataSource(
            new ConnectionTarget(database.jdbcUrl(), database.user(), ""),
            new PinnedSession(Duration.ofMinutes(1)),
            NewSessionListener.none())
        .getConnection();
  }

  /** Creates the schemas and the registry of the engine. */
  public static void installSchemas(TestDatabase database) throws SQLException {
    database.execute("CREATE SCHEMA pgtrickle", "CREATE SCHEMA pgtrickle_data", registry());
  }

  private static String registry() {
    String resource = "/dev/pgtrickle/engine/catalog/V1__catalog.sql";
    try (InputStream stream = Sessions.class.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
