package dev.pgtrickle.testbed.kubernetes;

import dev.pgtrickle.testbed.machine.CacheDirectory;
import dev.pgtrickle.testbed.machine.TemporaryDirectories;
import dev.pgtrickle.testbed.machine.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The temporary directory of one control plane: data, keys, logs, kubeconfigs. */
record ControlPlaneFiles(TemporaryDirectory directory, ControlPlaneCredentials credentials) {
  private static final String AUDIT_POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
      - level: None
        nonResourceURLs: ["/readyz*", "/livez*", "/healthz*", "/openapi/*", "/api*", "/apis*"]
      - level: Metadata
      """;

  static ControlPlaneFiles create() {
    // The programs die with their JVM, so that nothing can still run on a directory left behind.
    TemporaryDirectory directory =
        new TemporaryDirectories(
                CacheDirectory.ofThisUser(), "control-planes", abandoned -> List.of())
            .create();
    ControlPlaneFiles files = new ControlPlaneFiles(directory, ControlPlaneCredentials.generate());
    files.writeCredentials();
    return files;
  }

  Path logs() {
    return directory.path().resolve("logs");
  }

  Path auditLog() {
    return logs().resolve("audit.log");
  }

  Path kubeconfig() {
    return directory.path().resolve("kubeconfig");
  }

  Path path(String name) {
    return directory.path().resolve(name);
  }

  /** Only our own account may read what is written there: it may be a key. */
  Path write(String name, String content) {
    Path file = path(name);
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void discard() {
    if (Files.exists(directory.path())) {
      directory.discard();
    }
  }

  private void writeCredentials() {
    try {
      Files.createDirectories(logs());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write("audit-policy.yaml", AUDIT_POLICY);
    write("authority.crt", credentials.authority());
    write("api-server.crt", credentials.apiServer().certificate());
    write("api-server.key", credentials.apiServer().privateKey());
    write("service-accounts.key", credentials.serviceAccounts().privateKeyText());
    write("service-accounts.pub", credentials.serviceAccounts().publicKeyText());
  }
}
