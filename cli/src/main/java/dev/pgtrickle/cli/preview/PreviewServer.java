package dev.pgtrickle.cli.preview;

import dev.pgtrickle.binding.connection.PostgresUrl;
import dev.pgtrickle.cli.demo.SampleFiles;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.testbed.postgres.EmbeddedPostgres;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The databases over which queries are looked at: those of a server that the user named, or of an
 * embedded PostgreSQL that is gone afterwards. There an ordinary role owns the tables, as in real
 * life.
 */
public abstract sealed class PreviewServer implements AutoCloseable {
  private static final String ROLE = "preview";
  private static final String SUPERUSER = "postgres";

  private PreviewServer() {}

  /** Told of what takes a while. */
  @FunctionalInterface
  public interface Progress {
    void say(String line);
  }

  /** The user's own server. */
  public static PreviewServer at(PostgresUrl url, Map<String, String> environment) {
    return new Named(url, environment);
  }

  /** An embedded one, with the tables that a file creates in each database. */
  public static PreviewServer embedded(Path ddl, Progress progress) {
    try {
      return new Embedded(Files.readString(ddl), ddl.toString(), progress);
    } catch (IOException unreadable) {
      throw TrickleException.of(
              ErrorCode.INVALID_MANIFEST, "the file cannot be read", "check its name and rights")
          .at(ddl.toString());
    }
  }

  /** An embedded one, with the shop of the examples. */
  public static PreviewServer withSampleShop(Progress progress) {
    return new Embedded(SampleFiles.shop(), "the sample shop", progress);
  }

  /** A database by the name that a manifest gives it. */
  public abstract ConnectionTarget database(String name);

  /** The one that a bare query means. */
  public abstract ConnectionTarget ownDatabase();

  @Override
  public void close() {}

  private static final class Named extends PreviewServer {
    private final PostgresUrl url;
    private final Map<String, String> environment;

    Named(PostgresUrl url, Map<String, String> environment) {
      this.url = url;
      this.environment = environment;
    }

    @Override
    public ConnectionTarget database(String name) {
      return url.withDatabase(name).target(environment);
    }

    @Override
    public ConnectionTarget ownDatabase() {
      return url.target(environment);
    }
  }

  private static final class Embedded extends PreviewServer {
    private static final String OWN = "preview";

    private final String ddl;
    private final String origin;
    private final Progress progress;
    private final Map<String, ConnectionTarget> databases = new HashMap<>();
    private @Nullable EmbeddedPostgres server;

    Embedded(String ddl, String origin, Progress progress) {
      this.ddl = ddl;
      this.origin = origin;
      this.progress = progress;
    }

    @Override
    public ConnectionTarget database(String name) {
      return databases.computeIfAbsent(name, this::create);
    }

    @Override
    public ConnectionTarget ownDatabase() {
      return database(OWN);
    }

    private ConnectionTarget create(String name) {
      EmbeddedPostgres running = running();
      asSuperuser(running, "CREATE DATABASE " + Identifier.of(name).quoted() + " OWNER " + ROLE);
      ConnectionTarget target = new ConnectionTarget(running.jdbcUrl(name, ROLE), ROLE, "");
      try (Connection connection = DriverManager.getConnection(target.url());
          Statement statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        statement.execute(ddl);
      } catch (SQLException failure) {
        throw TrickleException.of(
                ErrorCode.INVALID_MANIFEST,
                "PostgreSQL refuses it: " + SqlErrors.message(failure),
                "correct the file; it is run by an ordinary role, without psql's own commands")
            .at(origin)
            .causedBy(failure.getSQLState(), failure);
      }
      return target;
    }

    private EmbeddedPostgres running() {
      EmbeddedPostgres known = server;
      if (known == null) {
        known =
            EmbeddedPostgres.builder(PostgresVersion.ofMajor(18)).progress(progress::say).start();
        server = known;
        asSuperuser(known, "CREATE ROLE " + ROLE + " LOGIN");
      }
      return known;
    }

    private static void asSuperuser(EmbeddedPostgres server, String sql) {
      try (Connection connection = server.connect(SUPERUSER, SUPERUSER);
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException failure) {
        throw SqlErrors.translate(failure, "preparing the embedded server");
      }
    }

    @Override
    public void close() {
      if (server != null) {
        server.close();
      }
    }
  }
}
