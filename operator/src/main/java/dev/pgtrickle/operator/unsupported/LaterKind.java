package dev.pgtrickle.operator.unsupported;

import dev.pgtrickle.crds.condition.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.util.List;

/**
 * A kind that this release does not act on.
 *
 * @param <R> the resource
 * @param <S> its status
 */
public interface LaterKind<R extends CustomResource<?, S>, S> {

  /** What a user reads who has made one. */
  String message();

  /** An object without anything in it. */
  R empty();

  /** What a status says. */
  List<Condition> conditions(S status);

  /** Ready False and Stalled True, both Unsupported. */
  List<Condition> unsupported(String message, long generation, Instant now);

  /** A status of nothing but this. */
  S status(long generation, List<Condition> conditions);
}
