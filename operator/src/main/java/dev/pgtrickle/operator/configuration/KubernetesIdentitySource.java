package dev.pgtrickle.operator.configuration;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds out in which Kubernetes we are. Without that, a database that moved to another one could
 * not be told from ours; so nothing begins before it is known.
 */
@Singleton
public final class KubernetesIdentitySource {
  private static final String NAMESPACE = "kube-system";
  private static final int ATTEMPTS = 60;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Produces
  @Singleton
  KubernetesIdentity identity(KubernetesClient client) {
    KubernetesClientException last = new KubernetesClientException("it is not there");
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        Optional<Namespace> namespace =
            Optional.ofNullable(client.namespaces().withName(NAMESPACE).get());
        if (namespace.isPresent()) {
          return new KubernetesIdentity(namespace.get().getMetadata().getUid());
        }
      } catch (KubernetesClientException failure) {
        last = failure;
      }
      pause();
    }
    throw new IllegalStateException(
        "the namespace kube-system could not be read: grant the operator get on it", last);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at the start", interrupted);
    }
  }
}
