package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;

/** What people ask for by annotations, as far as the operator acts on it itself. */
record Marks(Handling handling, Leaving leaving, Optional<RefreshWish> refresh) {

  /** Whether the operator may touch anything. */
  enum Handling {
    RECONCILED,
    HANDS_OFF
  }

  /** Whether the object may go although its database cannot be reached. */
  enum Leaving {
    IN_ORDER,
    FORCED
  }

  static Marks of(HasMetadata resource) {
    Map<String, String> annotations = resource.getMetadata().getAnnotations();
    Map<String, String> present = annotations == null ? Map.of() : annotations;
    return new Marks(
        Annotations.RECONCILE_DISABLED.equals(present.get(Annotations.RECONCILE))
            ? Handling.HANDS_OFF
            : Handling.RECONCILED,
        "true".equals(present.get(Annotations.FORCE_FINALIZE)) ? Leaving.FORCED : Leaving.IN_ORDER,
        Optional.ofNullable(present.get(Annotations.REFRESH_REQUESTED))
            .flatMap(RefreshWish::parse));
  }
}
