package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.machine.Patience;
import dev.pgtrickle.testbed.machine.TestbedException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Custom resource definitions of Clusters, to be installed in a control plane. */
public record ClusterDefinitions(List<String> manifests) {
  /** Names a folder with CloudNativePG's own definitions. */
  public static final String FOLDER_VARIABLE = "PGTRICKLE_CNPG_CRDS";

  private static final String SMALL = "clusters.postgresql.cnpg.io.yaml";
  private static final Patience PATIENCE = new Patience(Duration.ofSeconds(30));

  /** A small definition of our own, with the fields that are read or played. */
  public static ClusterDefinitions small() {
    try (InputStream stream = ClusterDefinitions.class.getResourceAsStream(SMALL)) {
      if (stream == null) {
        throw new TestbedException("The testbed was built without " + SMALL);
      }
      return new ClusterDefinitions(
          List.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** CloudNativePG's own, where the environment names a folder with them. */
  public static Optional<ClusterDefinitions> ofCloudNativePg() {
    return Optional.ofNullable(System.getenv(FOLDER_VARIABLE))
        .filter(folder -> !folder.isBlank())
        .map(folder -> read(Path.of(folder)));
  }

  private static ClusterDefinitions read(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return new ClusterDefinitions(
          files
              .filter(file -> file.toString().endsWith(".yaml"))
              .sorted()
              .map(ClusterDefinitions::text)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Installs them and waits until they are served. By server-side apply: CloudNativePG's are too
   * large for the annotation that another apply writes, and the two kinds conflict.
   *
   * <p>The garbage collector looks for new definitions every 30 s only: until then what belongs to
   * a deleted Cluster goes late.
   */
  public void installIn(KubernetesClient client) {
    for (String manifest : manifests) {
      byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
      for (HasMetadata definition : client.load(new ByteArrayInputStream(bytes)).items()) {
        install((CustomResourceDefinition) definition, client);
      }
    }
  }

  private static void install(CustomResourceDefinition definition, KubernetesClient client) {
    client
        .resource(definition)
        .fieldManager("pgtrickle-testbed")
        .forceConflicts()
        .serverSideApply();
    ResourceDefinitionContext served = CustomResourceDefinitionContext.fromCrd(definition);
    // Established is not enough: the storage of a new definition needs another moment.
    PATIENCE.await(
        definition.getMetadata().getName() + " is served", () -> isServed(served, client));
  }

  private static boolean isServed(ResourceDefinitionContext definition, KubernetesClient client) {
    try {
      client.genericKubernetesResources(definition).inAnyNamespace().list();
      return true;
    } catch (KubernetesClientException e) {
      return false;
    }
  }
}
