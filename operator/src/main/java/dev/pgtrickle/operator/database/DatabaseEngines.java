package dev.pgtrickle.operator.database;

import dev.pgtrickle.cnpg.connection.ConnectionRequest;
import dev.pgtrickle.cnpg.connection.ConnectionResolver;
import dev.pgtrickle.cnpg.connection.KubernetesObjects;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.operator.configuration.OperatorIdentity;
import dev.pgtrickle.operator.configuration.OperatorSettings;
import dev.pgtrickle.operator.ownership.DatabaseLease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** One engine for each database that a resource names, as long as one does. */
@Singleton
public final class DatabaseEngines {
  private static final int RENEWALS_IN_A_LEASE = 3;

  private final KubernetesClient client;
  private final OperatorIdentity identity;
  private final Duration leaseLength;
  private final ConnectionResolver resolver;
  private final EngineOpener opener;
  private final DatabaseListener listener;
  private final Clock clock;
  private final Map<DatabaseKey, ServedDatabase> databases = new ConcurrentHashMap<>();
  private final ReplicaBoard replicas;

  /** Numbers of engines, so that two are never taken for one. */
  private final AtomicLong incarnations = new AtomicLong();

  DatabaseEngines(
      KubernetesClient client,
      OperatorIdentity identity,
      OperatorSettings settings,
      EngineOpener opener,
      DatabaseListener listener,
      Clock clock) {
    this.client = client;
    this.identity = identity;
    this.leaseLength = Duration.ofSeconds(settings.leaseSeconds());
    this.resolver =
        new ConnectionResolver(
            new KubernetesObjects(client),
            settings.allowConnections()
                ? ConnectionResolver.OtherServers.ALLOWED
                : ConnectionResolver.OtherServers.REFUSED);
    this.replicas = new ReplicaBoard(resolver, clock);
    this.opener = opener;
    this.listener = listener;
    this.clock = clock;
  }

  /** Notes that a resource wants a relation there, and says how it stands. Never waits. */
  public DatabaseStanding join(
      DatabaseKey key, TableId table, QualifiedName relation, ConnectionRequest request) {
    leaveOthers(key, table);
    replicas.forget(key);
    return databases.computeIfAbsent(key, this::serve).join(table, relation, request);
  }

  /**
   * Whether readers find a relation in a database that follows another one. It is not worked in:
   * what was open is closed. Takes as long as a connection, twice a minute.
   */
  public boolean isReadable(DatabaseKey key, QualifiedName relation, ConnectionRequest request) {
    abandon(key);
    return replicas.shows(key, relation, request);
  }

  /** How it stands, if anybody ever asked for that database. */
  public Optional<DatabaseStanding> standing(DatabaseKey key) {
    return Optional.ofNullable(databases.get(key)).map(ServedDatabase::standing);
  }

  /** What was read last of a relation, if that was after a moment. */
  public Optional<StreamTableReport> report(
      DatabaseKey key, QualifiedName relation, Instant after) {
    return Optional.ofNullable(databases.get(key))
        .flatMap(served -> served.report(relation, after));
  }

  /** The resources that want a relation; several when they quarrel about it. */
  public List<TableId> claimants(DatabaseKey key, QualifiedName relation) {
    return Optional.ofNullable(databases.get(key))
        .map(served -> served.claimants(relation))
        .orElse(List.of());
  }

  /** Something was asked for: what comes of it is read at once. */
  public void look(DatabaseKey key) {
    Optional.ofNullable(databases.get(key)).ifPresent(ServedDatabase::nudge);
  }

  /** There is another server behind the name, or another login. */
  public void reopen(DatabaseKey key) {
    Optional.ofNullable(databases.get(key)).ifPresent(ServedDatabase::reopen);
  }

  /** The resource is gone. The last one of a database ends its engine. */
  public void leave(TableId table) {
    databases.forEach((key, served) -> leave(key, served, table));
  }

  /** The Cluster is gone: nothing of it can be served. */
  public void abandon(DatabaseKey key) {
    ServedDatabase served = databases.remove(key);
    if (served != null) {
      closeAside(served);
    }
  }

  /** Databases whose thread has not finished a step since then. */
  public long idleSince(Instant time) {
    return databases.values().stream().filter(served -> served.lastStep().isBefore(time)).count();
  }

  void onStop(@Observes ShutdownEvent event) {
    List<Thread> closing = new ArrayList<>();
    databases.values().forEach(served -> closing.add(Thread.ofVirtual().start(served::close)));
    databases.clear();
    try {
      for (Thread thread : closing) {
        thread.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void leaveOthers(DatabaseKey key, TableId table) {
    databases.forEach((other, served) -> {
      if (!other.equals(key)) {
        leave(other, served, table);
      }
    });
  }

  private void leave(DatabaseKey key, ServedDatabase served, TableId table) {
    served.leave(table);
    if (served.isUnused() && databases.remove(key, served)) {
      closeAside(served);
    }
  }

  /** Closing waits for running refreshes: not on the thread of a reconciler. */
  private static void closeAside(ServedDatabase served) {
    Thread.ofVirtual().name("pgtrickle-close").start(served::close);
  }

  private ServedDatabase serve(DatabaseKey key) {
    ServedDatabase served =
        new ServedDatabase(
            key, resolver, opener, this::keeper, listener, incarnations::incrementAndGet, clock);
    served.start();
    return served;
  }

  private LeaseKeeper keeper(DatabaseKey key, Runnable changed) {
    return new LeaseKeeper(
        new DatabaseLease(
            client, key.namespace(), key.leaseName(), identity.name(), leaseLength, clock),
        leaseLength.dividedBy(RENEWALS_IN_A_LEASE),
        clock,
        changed);
  }
}
