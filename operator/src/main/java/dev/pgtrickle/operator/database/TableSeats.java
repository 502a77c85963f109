package dev.pgtrickle.operator.database;

import dev.pgtrickle.cnpg.connection.ConnectionRequest;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one database: which relation each wants, and by what login. One database has one
 * login (P14): the first one that was used counts as long as anybody still asks for it.
 */
final class TableSeats {
  /** What one resource wants. */
  record Seat(QualifiedName relation, ConnectionRequest request) {
    Login login() {
      return Login.of(request);
    }
  }

  private final Map<TableId, Seat> seats = new HashMap<>();
  private final Map<QualifiedName, Set<TableId>> byRelation = new HashMap<>();
  private final Map<QualifiedName, StreamTableReport> reports = new HashMap<>();
  private Optional<Login> login = Optional.empty();
  private Instant readAt = Instant.EPOCH;

  /** Takes a seat; the login of others that contradicts, if there is one. */
  synchronized Optional<Login> take(TableId table, Seat seat) {
    Seat before = seats.put(table, seat);
    if (before == null || !before.relation().equals(seat.relation())) {
      forget(table, before);
      byRelation.computeIfAbsent(seat.relation(), wanted -> new LinkedHashSet<>()).add(table);
    }
    if (login.filter(seat.login()::equals).isEmpty() && !isStillAsked()) {
      login = Optional.of(seat.login());
    }
    return login.filter(used -> !used.equals(seat.login()));
  }

  synchronized boolean leave(TableId table) {
    Seat seat = seats.remove(table);
    forget(table, seat);
    return seat != null;
  }

  private boolean isStillAsked() {
    return login
        .filter(used -> seats.values().stream().anyMatch(other -> other.login().equals(used)))
        .isPresent();
  }

  private void forget(TableId table, @Nullable Seat seat) {
    if (seat != null) {
      byRelation.computeIfPresent(
          seat.relation(),
          (relation, tables) -> {
            tables.remove(table);
            return tables.isEmpty() ? null : tables;
          });
    }
  }

  synchronized boolean isEmpty() {
    return seats.isEmpty();
  }

  /** How to connect: as the resources with the login that counts ask, all of them alike. */
  synchronized Optional<ConnectionRequest> request() {
    return seats.values().stream()
        .filter(seat -> login.filter(seat.login()::equals).isPresent())
        .map(Seat::request)
        .findFirst();
  }

  synchronized Optional<Login> login() {
    return login;
  }

  synchronized List<TableId> tables() {
    return List.copyOf(seats.keySet());
  }

  /** The resources that want a relation; several when they quarrel about it. */
  synchronized List<TableId> tablesOf(QualifiedName relation) {
    return List.copyOf(byRelation.getOrDefault(relation, Set.of()));
  }

  /**
   * Replaces what was read.
   *
   * @param began when reading it began: what was decided later is not in it
   */
  synchronized void replaceReports(List<StreamTableReport> read, Instant began) {
    readAt = began;
    reports.clear();
    read.forEach(report -> reports.put(report.relation(), report));
  }

  /** What was read of a relation after this moment. */
  synchronized Optional<StreamTableReport> report(QualifiedName relation, Instant after) {
    if (readAt.isBefore(after)) {
      return Optional.empty();
    }
    return Optional.ofNullable(reports.get(relation));
  }
}
