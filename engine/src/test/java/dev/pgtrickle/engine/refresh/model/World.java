package dev.pgtrickle.engine.refresh.model;

import dev.pgtrickle.engine.model.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One state of everything: a base table of which only the number of writes counts, a stream table
 * over it, and two that read both. Rows are known by what they were computed from.
 *
 * @param lastStorage the sequence of the database
 * @param archive the upstream as it was archived
 * @param wrong what a dependant that committed shows, and should not
 */
record World(
    int base,
    Upstream upstream,
    Set<LogEntry> log,
    @Nullable Dependant first,
    @Nullable Dependant second,
    List<Transaction> open,
    Limits.Refreshes left,
    Set<Event> events,
    int lastStorage,
    @Nullable Upstream archive,
    Optional<String> wrong)
    implements State {

  static World beginning(Limits limits) {
    Upstream upstream = new Upstream(1, 0, new Content(1, 0), Upstream.Activity.ACTIVE);
    Dependant loaded = new Dependant(1, 0, upstream.content(), 0);
    return new World(
        0,
        upstream,
        Set.of(),
        loaded,
        limits.events().contains(Event.DEPENDANT_CREATED) ? null : loaded,
        List.of(),
        limits.refreshes(),
        limits.events(),
        1,
        null,
        Optional.empty());
  }

  @Nullable Dependant dependant(int index) {
    return index == 0 ? first : second;
  }

  boolean isOpen(int dependant) {
    return open.stream()
        .anyMatch(transaction ->
            transaction instanceof Transaction.OfDependant of && of.index() == dependant);
  }

  boolean guardIsHeld() {
    return open.stream().anyMatch(Transaction::holdsGuard);
  }

  World written() {
    return new World(
        base + 1, upstream, log, first, second, open, left, events, lastStorage, archive, wrong);
  }

  World with(Upstream changed) {
    return new World(
        base, changed, log, first, second, open, left, events, lastStorage, archive, wrong);
  }

  World with(Set<LogEntry> kept) {
    return new World(
        base, upstream, kept, first, second, open, left, events, lastStorage, archive, wrong);
  }

  World with(Limits.Refreshes fewer) {
    return new World(
        base, upstream, log, first, second, open, fewer, events, lastStorage, archive, wrong);
  }

  World withStorage(int fresh) {
    return new World(base, upstream, log, first, second, open, left, events, fresh, archive, wrong);
  }

  World archived() {
    return new World(
        base, upstream, log, first, second, open, left, events, lastStorage, upstream, wrong);
  }

  World without(Event happened) {
    Set<Event> rest = new HashSet<>(events);
    rest.remove(happened);
    return new World(
        base,
        upstream,
        log,
        first,
        second,
        open,
        left,
        Set.copyOf(rest),
        lastStorage,
        archive,
        wrong);
  }

  World begun(Transaction transaction) {
    List<Transaction> more = new ArrayList<>(open);
    more.add(transaction);
    return withOpen(List.copyOf(more));
  }

  World ended(Transaction transaction) {
    List<Transaction> fewer = new ArrayList<>(open);
    fewer.remove(transaction);
    return withOpen(List.copyOf(fewer));
  }

  private World withOpen(List<Transaction> others) {
    return new World(
        base, upstream, log, first, second, others, left, events, lastStorage, archive, wrong);
  }

  /** What a refresh of a dependant leaves. */
  World committed(Transaction.OfDependant of) {
    return new World(
        base,
        upstream,
        log,
        of.index() == 0 ? of.after() : first,
        of.index() == 0 ? second : of.after(),
        open,
        left,
        events,
        lastStorage,
        archive,
        of.wrong().map(what -> "dependant " + of.index() + " " + what));
  }

  /** What a transaction that wrote the upstream leaves of it. */
  World committed(Upstream before, Upstream after) {
    Set<LogEntry> more = new HashSet<>(log);
    LogEntry.between(before, after).ifPresent(more::add);
    return with(after).with(Set.copyOf(more));
  }
}
