package dev.pgtrickle.testbed.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** Makes clients from kubeconfigs, whatever the environment says. */
final class KubernetesClients {
  private KubernetesClients() {}

  static KubernetesClient of(String kubeconfig) {
    return new KubernetesClientBuilder().withConfig(configOf(kubeconfig)).build();
  }

  static Config configOf(String kubeconfig) {
    // Waiting for the server is our own loop, which notices when a process has ended.
    return new ConfigBuilder(Config.fromKubeconfig(kubeconfig))
        .withRequestRetryBackoffLimit(0)
        .build();
  }
}
