package dev.pgtrickle.engine.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A world that is explored completely, in every order of what its actors may do. */
public final class Exploration<W extends State> {
  private final W beginning;
  private final List<Actor<W>> actors;
  private final Map<W, Origin<W>> seen = new HashMap<>();
  private final Deque<W> open = new ArrayDeque<>();
  private final Map<String, Integer> steps = new HashMap<>();

  public Exploration(W beginning, List<Actor<W>> actors) {
    this.beginning = beginning;
    this.actors = List.copyOf(actors);
  }

  private record Origin<W>(String step, @Nullable W from) {}

  /** Goes everywhere, or to the first state that is wrong. */
  public Outcome explore() {
    seen.put(beginning, new Origin<>("the beginning", null));
    open.add(beginning);
    while (!open.isEmpty()) {
      W world = open.remove();
      for (Actor<W> actor : actors) {
        for (Step<W> step : actor.steps(world)) {
          Optional<String> wrong = visit(world, step);
          if (wrong.isPresent()) {
            return outcome(Optional.of(wrong.get() + trace(step.to())));
          }
        }
      }
    }
    return outcome(Optional.empty());
  }

  private Optional<String> visit(W from, Step<W> step) {
    steps.merge(step.name().substring(step.name().lastIndexOf(' ') + 1), 1, Integer::sum);
    int before = seen.size();
    seen.putIfAbsent(step.to(), new Origin<>(step.name(), from));
    if (seen.size() == before) {
      return Optional.empty();
    }
    open.add(step.to());
    return step.to().wrong();
  }

  private Outcome outcome(Optional<String> wrong) {
    return new Outcome(seen.size(), Map.copyOf(steps), wrong);
  }

  private String trace(W end) {
    List<String> names = new ArrayList<>();
    W at = end;
    while (at != null) {
      Origin<W> origin = Objects.requireNonNull(seen.get(at));
      names.add(origin.step());
      at = origin.from();
    }
    Collections.reverse(names);
    return ": " + String.join("; ", names);
  }
}
