package dev.pgtrickle.testbed.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes the kubeconfigs of one control plane. */
record Kubeconfigs(String url, ControlPlaneCredentials credentials) {
  String administrator() {
    return text(
        "default",
        """
        client-certificate-data: %s
            client-key-data: %s\
        """
            .formatted(
                encode(credentials.administrator().certificate()),
                encode(credentials.administrator().privateKey())));
  }

  String withToken(String namespace, String token) {
    return text(namespace, "token: " + token);
  }

  private String text(String namespace, String user) {
    return """
    apiVersion: v1
    kind: Config
    current-context: testbed
    clusters:
    - name: testbed
      cluster:
        server: %s
        certificate-authority-data: %s
    contexts:
    - name: testbed
      context: {cluster: testbed, user: testbed, namespace: %s}
    users:
    - name: testbed
      user:
        %s
    """
        .formatted(url, encode(credentials.authority()), namespace, user);
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
