package dev.pgtrickle.engine.refresh.model;

import dev.pgtrickle.engine.model.Actor;
import dev.pgtrickle.engine.model.Step;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Entries go that every dependant of their storage has read. */
record LogCleaning(Set<Omission> omitted) implements Actor<World> {
  @Override
  public List<Step<World>> steps(World world) {
    if (!world.events().contains(Event.TRIMMED)) {
      return List.of();
    }
    int read = read(world);
    Set<LogEntry> kept =
        world.log().stream()
            .filter(entry -> entry.storage() == world.upstream().storage() && entry.number() > read)
            .collect(Collectors.toUnmodifiableSet());
    return kept.equals(world.log())
        ? List.of()
        : List.of(new Step<>("the log is trimmed", world.with(kept)));
  }

  private int read(World world) {
    if (omitted.contains(Omission.LOG_PINS)) {
      return world.upstream().number();
    }
    return IntStream.of(0, 1)
        .mapToObj(world::dependant)
        .filter(Objects::nonNull)
        .filter(dependant -> dependant.storage() == world.upstream().storage())
        .mapToInt(Dependant::number)
        .min()
        .orElse(world.upstream().number());
  }
}
