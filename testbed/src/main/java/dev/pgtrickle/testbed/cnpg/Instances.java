package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.certificates.IssuedCertificate;
import dev.pgtrickle.testbed.machine.Patience;
import dev.pgtrickle.testbed.machine.TestbedException;
import dev.pgtrickle.testbed.postgres.EmbeddedPostgres;
import dev.pgtrickle.testbed.postgres.EmbeddedPostgresBuilder;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL servers of one cluster: a primary, and replicas that stream from it. */
final class Instances implements AutoCloseable {
  static final String CERTIFICATE_FILE = "server.crt";
  static final String KEY_FILE = "server.key";

  /** We come from 127.0.0.1 without TLS, all others by the service: with TLS and a password. */
  private static final String ACCESS =
      """
      hostnossl all         postgres 127.0.0.1/32 trust
      hostnossl replication postgres 127.0.0.1/32 trust
      hostssl   all         all      0.0.0.0/0    scram-sha-256
      """;

  private static final Patience REPLICATION_PATIENCE = new Patience(Duration.ofSeconds(20));

  private final PostgresVersion version;
  private final Map<String, String> settings;
  private final IssuedCertificate certificate;
  private final Map<String, EmbeddedPostgres> servers = new LinkedHashMap<>();
  private final Set<String> killed = new HashSet<>();
  private @Nullable String primaryName;

  Instances(PostgresVersion version, Map<String, String> settings, IssuedCertificate certificate) {
    this.version = version;
    this.settings = settings;
    this.certificate = certificate;
  }

  /** Starts the first of these as the primary, the others as its replicas. */
  void create(List<String> names) {
    EmbeddedPostgres first =
        builder()
            .file("pg_hba.conf", ACCESS)
            .file(CERTIFICATE_FILE, certificate.certificate())
            .file(KEY_FILE, certificate.privateKey())
            .start();
    servers.put(names.getFirst(), first);
    primaryName = names.getFirst();
    for (String name : names.subList(1, names.size())) {
      servers.put(name, builder().standbyOf(first).start());
    }
  }

  EmbeddedPostgres primary() {
    EmbeddedPostgres primary = servers.get(primaryName());
    if (primary == null) {
      throw new IllegalStateException("There is no primary.");
    }
    return primary;
  }

  String primaryName() {
    if (primaryName == null) {
      throw new IllegalStateException("The cluster has not been created.");
    }
    return primaryName;
  }

  /** The instance that the next promotion makes the primary. */
  String replicaName() {
    return servers.keySet().stream()
        .filter(name -> !name.equals(primaryName()))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException("A cluster of one instance cannot change its primary."));
  }

  /** PostgreSQL itself sees to it that the replica has received everything. */
  void stopPrimary() {
    primary().stop();
  }

  /** After the replica has received what was committed when this was called. */
  void killPrimary() {
    awaitReplication();
    primary().kill9();
    killed.add(primaryName());
  }

  void promote() {
    String promoted = replicaName();
    try {
      server(promoted).promote();
    } catch (SQLException e) {
      throw new TestbedException("Could not promote " + promoted, e);
    }
    primaryName = promoted;
  }

  /** The other instance follows the primary: with its data after an orderly stop, else anew. */
  void returnReplica() {
    String name = replicaName();
    EmbeddedPostgres former = server(name);
    if (killed.remove(name)) {
      former.close();
      servers.put(name, builder().standbyOf(primary()).start());
    } else {
      former.follow(primary());
      former.start();
    }
  }

  void stopAll() {
    primary().stop();
    servers.values().forEach(EmbeddedPostgres::stop);
  }

  void startAll() {
    primary().start();
    servers.values().stream()
        .filter(server -> !server.isRunning())
        .forEach(EmbeddedPostgres::start);
  }

  String systemIdentifier() {
    return query("select system_identifier::text from pg_control_system()");
  }

  int timeline() {
    return Integer.parseInt(
        query("select substring(pg_walfile_name(pg_current_wal_lsn()) for 8)"), 16);
  }

  @Override
  public void close() {
    servers.values().forEach(EmbeddedPostgres::close);
  }

  private void awaitReplication() {
    String position = query("select pg_current_wal_lsn()::text");
    String received =
        "select coalesce(pg_last_wal_replay_lsn() >= '%s'::pg_lsn, false)".formatted(position);
    REPLICATION_PATIENCE.await(
        "the replica has received what the primary had",
        () -> "t".equals(ask(server(replicaName()), received)));
  }

  private String query(String sql) {
    return ask(primary(), sql);
  }

  private static String ask(EmbeddedPostgres server, String sql) {
    try (Connection connection = server.connect("postgres", "postgres")) {
      return String.valueOf(new SqlSession(connection).queryText(sql));
    } catch (SQLException e) {
      throw new TestbedException("An instance does not answer", e);
    }
  }

  private EmbeddedPostgres server(String name) {
    EmbeddedPostgres server = servers.get(name);
    if (server == null) {
      throw new IllegalStateException("There is no instance " + name);
    }
    return server;
  }

  private EmbeddedPostgresBuilder builder() {
    return EmbeddedPostgres.builder(version).settings(settings);
  }
}
