package dev.pgtrickle.engine.capture.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writers, the two sides of a buffer, consumers, a janitor, somebody who tampers with the triggers,
 * and a process that may die between any two steps: explored completely, in every order.
 */
public final class BufferModel {
  private final World beginning;
  private final List<Actor> actors;
  private final Map<World, Origin> seen = new HashMap<>();
  private final Deque<World> open = new ArrayDeque<>();
  private int fullRefreshes;
  private int differentialRefreshes;

  public BufferModel(Limits limits, Set<Omission> omitted) {
    this.beginning = World.beginning(limits);
    this.actors =
        List.of(
            new Writers(omitted),
            new Consumers(omitted),
            new Janitor(omitted),
            new Tampering(omitted));
  }

  private record Origin(String step, @Nullable World from) {}

  /** Goes everywhere, or to the first state that is wrong. */
  public Outcome explore() {
    seen.put(beginning, new Origin("the beginning", null));
    open.add(beginning);
    while (!open.isEmpty()) {
      World world = open.remove();
      for (Actor actor : actors) {
        for (Step step : actor.steps(world)) {
          Optional<String> wrong = visit(world, step);
          if (wrong.isPresent()) {
            return outcome(Optional.of(wrong.get() + trace(step.to())));
          }
        }
      }
    }
    return outcome(Optional.empty());
  }

  private Optional<String> visit(World from, Step step) {
    fullRefreshes += step.name().endsWith(Consumers.FULL) ? 1 : 0;
    differentialRefreshes += step.name().endsWith(Consumers.DIFFERENTIAL) ? 1 : 0;
    int before = seen.size();
    seen.putIfAbsent(step.to(), new Origin(step.name(), from));
    if (seen.size() == before) {
      return Optional.empty();
    }
    open.add(step.to());
    return step.to().wrong();
  }

  private Outcome outcome(Optional<String> wrong) {
    return new Outcome(seen.size(), fullRefreshes, differentialRefreshes, wrong);
  }

  private String trace(World end) {
    List<String> steps = new ArrayList<>();
    World at = end;
    while (at != null) {
      Origin origin = Objects.requireNonNull(seen.get(at));
      steps.add(origin.step());
      at = origin.from();
    }
    Collections.reverse(steps);
    return ": " + String.join("; ", steps);
  }
}
