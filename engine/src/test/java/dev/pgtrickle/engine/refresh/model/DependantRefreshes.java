package dev.pgtrickle.engine.refresh.model;

import dev.pgtrickle.engine.model.Actor;
import dev.pgtrickle.engine.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Dependants are loaded and refreshed, and pull the upstream where it is stale. */
record DependantRefreshes(Set<Omission> omitted) implements Actor<World> {
  @Override
  public List<Step<World>> steps(World world) {
    List<Step<World>> steps = new ArrayList<>();
    for (int index = 0; index < 2; index++) {
      if (world.left().of(index) > 0 && !world.isOpen(index)) {
        steps.addAll(beginnings(world, index));
      }
    }
    return steps;
  }

  private List<Step<World>> beginnings(World world, int index) {
    Upstream upstream = world.upstream();
    boolean mayWrite = upstream.isActive();
    if (mayWrite && world.guardIsHeld() && !omitted.contains(Omission.GUARD)) {
      return List.of();
    }
    boolean stale = upstream.content().base() < world.base();
    if (omitted.contains(Omission.PULL) || !mayWrite) {
      return List.of(begins(world, index, Optional.empty()));
    }
    Optional<Upstream> pulled = Optional.of(upstream.refreshed(world.base()));
    if (omitted.contains(Omission.STALENESS_INSIDE)) {
      return List.of(begins(world, index, pulled), begins(world, index, Optional.empty()));
    }
    return List.of(begins(world, index, stale ? pulled : Optional.empty()));
  }

  private Step<World> begins(World world, int index, Optional<Upstream> pulled) {
    Upstream upstream = world.upstream();
    Upstream shown = pulled.orElse(upstream);
    Dependant before = world.dependant(index);
    Optional<List<LogEntry>> entries = entries(world, before, pulled);
    Optional<Content> result =
        before == null || entries.isEmpty()
            ? Optional.of(shown.content())
            : applied(before.ofUpstream(), entries.get());
    int read = omitted.contains(Omission.OWN_TRANSACTION) ? upstream.number() : shown.number();
    Dependant after =
        new Dependant(shown.storage(), read, result.orElse(upstream.content()), world.base());
    return new Step<>(
        "dependant %d begins%s %s"
            .formatted(
                index,
                pulled.isPresent() ? " and pulls," : "",
                entries.isEmpty() ? GraphModel.FULL : GraphModel.DIFFERENTIAL),
        world
            .with(world.left().lessOneOf(index))
            .begun(
                new Transaction.OfDependant(
                    index,
                    upstream,
                    pulled,
                    before,
                    after,
                    upstream.isActive(),
                    wrong(world, shown, result))));
  }

  /** The entries that lead from what was read to what is shown, if they are all there. */
  private Optional<List<LogEntry>> entries(
      World world, @Nullable Dependant before, Optional<Upstream> pulled) {
    Upstream upstream = world.upstream();
    if (before == null
        || before.storage() != upstream.storage()
        || (before.number() > upstream.number() && !omitted.contains(Omission.NUMBER_WITHIN))) {
      return Optional.empty();
    }
    Optional<LogEntry> own = pulled.flatMap(after -> LogEntry.between(upstream, after));
    List<LogEntry> entries = new ArrayList<>();
    if (own.isEmpty() || !omitted.contains(Omission.WHOLE_LOG)) {
      for (int number = before.number() + 1; number <= upstream.number(); number++) {
        Optional<LogEntry> entry = find(world, number);
        if (entry.isEmpty() && !omitted.contains(Omission.EVERY_NUMBER)) {
          return Optional.empty();
        }
        entry.ifPresent(entries::add);
      }
    }
    own.ifPresent(entries::add);
    return Optional.of(entries);
  }

  private static Optional<LogEntry> find(World world, int number) {
    return world.log().stream()
        .filter(entry -> entry.storage() == world.upstream().storage() && entry.number() == number)
        .findFirst();
  }

  /** A delta only makes sense on the rows that it was taken from. */
  private static Optional<Content> applied(Content before, List<LogEntry> entries) {
    Content content = before;
    for (LogEntry entry : entries) {
      if (!entry.from().equals(content)) {
        return Optional.empty();
      }
      content = entry.to();
    }
    return Optional.of(content);
  }

  private static Optional<String> wrong(World world, Upstream shown, Optional<Content> result) {
    if (result.isEmpty()) {
      return Optional.of("applied a delta to other rows than it was taken from");
    }
    if (!result.get().equals(shown.content())) {
      return Optional.of("has %s of the upstream, which is %s".formatted(result.get(), shown));
    }
    if (shown.isActive() && shown.content().base() != world.base()) {
      return Optional.of(
          "shows the base table at %d and the upstream at %d"
              .formatted(world.base(), shown.content().base()));
    }
    return Optional.empty();
  }
}
