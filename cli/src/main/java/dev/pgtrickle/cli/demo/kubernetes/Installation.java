package dev.pgtrickle.cli.demo.kubernetes;

import dev.pgtrickle.testbed.cnpg.ClusterDefinitions;
import dev.pgtrickle.testbed.kubernetes.ControlPlane;
import dev.pgtrickle.testbed.machine.ExternalProgram;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an administrator installs, server-side, by kubectl: the definitions, and the install YAML
 * but for its Deployment, since no pod runs on a control plane without nodes.
 */
record Installation(ControlPlane controlPlane) {
  static final String NAMESPACE = "pgtrickle-system";
  static final String SERVICE_ACCOUNT = "pgtrickle-operator";

  private static final List<String> KINDS =
      List.of(
          "streamtables",
          "streamtableschedulepolicies",
          "streamtablesnapshots",
          "streamtablerestores");
  private static final Pattern BETWEEN_DOCUMENTS = Pattern.compile("(?m)^---\\R");
  private static final Pattern DEPLOYMENT = Pattern.compile("(?m)^kind: Deployment$");

  void install() {
    ClusterDefinitions.small().installIn(controlPlane.client());
    String definitions =
        KINDS.stream().map(kind -> read(kind + ".yaml")).collect(Collectors.joining("\n---\n"));
    apply(definitions + "\n---\n" + withoutDeployment(read("install.yaml")));
    kubectl(
        "",
        "wait",
        "--for=condition=Established",
        "--timeout=60s",
        "customresourcedefinition",
        "--all");
  }

  static String withoutDeployment(String manifests) {
    return Arrays.stream(BETWEEN_DOCUMENTS.split(manifests, -1))
        .filter(document -> !DEPLOYMENT.matcher(document).find())
        .collect(Collectors.joining("---\n"));
  }

  private void apply(String manifests) {
    kubectl(manifests, "apply", "--server-side", "-f", "-");
  }

  private void kubectl(String input, String... arguments) {
    ExternalProgram.Outcome outcome = controlPlane.kubectl().runWithInput(input, arguments);
    if (!outcome.succeeded()) {
      throw new TestbedException("The definitions could not be installed:\n" + outcome.output());
    }
  }

  static String read(String name) {
    try (InputStream file = Installation.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the file " + name + " was not packed");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
