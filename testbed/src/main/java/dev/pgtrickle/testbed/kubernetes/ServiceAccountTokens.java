package dev.pgtrickle.testbed.kubernetes;

import dev.pgtrickle.testbed.machine.TestbedException;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/** Asks for tokens as the kubelet does for a pod. */
final class ServiceAccountTokens {
  private static final Duration VALIDITY = Duration.ofHours(24);

  private ServiceAccountTokens() {}

  static String request(KubernetesClient client, String namespace, String serviceAccount) {
    TokenRequest answer =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(serviceAccount)
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(VALIDITY.toSeconds())
                    .endSpec()
                    .build());
    if (answer.getStatus() == null) {
      throw new TestbedException("No token for ServiceAccount " + namespace + "/" + serviceAccount);
    }
    return answer.getStatus().getToken();
  }
}
