package dev.pgtrickle.engine.refresh.model;

import dev.pgtrickle.engine.model.Actor;
import dev.pgtrickle.engine.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Open transactions commit, fail because another wrote first, or die. */
record Commits(Set<Omission> omitted) implements Actor<World> {
  @Override
  public List<Step<World>> steps(World world) {
    List<Step<World>> steps = new ArrayList<>();
    for (Transaction transaction : world.open()) {
      World ended = world.ended(transaction);
      steps.add(new Step<>("a transaction dies", ended));
      if (isFirst(world, transaction)) {
        steps.add(commit(ended, transaction));
      }
    }
    return steps;
  }

  private boolean isFirst(World world, Transaction transaction) {
    boolean upstreamIsAsRead =
        transaction.written().isEmpty()
            || transaction.read().equals(world.upstream())
            || omitted.contains(Omission.FIRST_UPDATER_WINS);
    return upstreamIsAsRead
        && switch (transaction) {
          case Transaction.OfUpstream upstream -> true;
          case Transaction.OfDependant of ->
              Objects.equals(of.before(), world.dependant(of.index()));
        };
  }

  private static Step<World> commit(World ended, Transaction transaction) {
    World upstream =
        transaction
            .written()
            .map(after -> ended.committed(transaction.read(), after))
            .orElse(ended);
    return switch (transaction) {
      case Transaction.OfUpstream of -> new Step<>("the upstream commits", upstream);
      case Transaction.OfDependant of ->
          new Step<>("dependant %d commits".formatted(of.index()), upstream.committed(of));
    };
  }
}
