package dev.pgtrickle.testbed.cnpg;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Cluster in the API server, whatever definition it has there. */
record ClusterResource(KubernetesClient client, String namespace, String name) {
  private static final ResourceDefinitionContext DEFINITION =
      new ResourceDefinitionContext.Builder()
          .withGroup("postgresql.cnpg.io")
          .withVersion("v1")
          .withKind(ClusterIdentity.KIND)
          .withPlural("clusters")
          .withNamespaced(true)
          .build();
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  static MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      all(KubernetesClient client) {
    return client.genericKubernetesResources(DEFINITION);
  }

  Optional<GenericKubernetesResource> read() {
    return Optional.ofNullable(operation().get());
  }

  void create(Map<String, Object> spec) {
    GenericKubernetesResource cluster = new GenericKubernetesResource();
    cluster.setApiVersion(ClusterIdentity.API_VERSION);
    cluster.setKind(ClusterIdentity.KIND);
    cluster.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    cluster.setAdditionalProperty("spec", spec);
    client.resource(cluster).create();
  }

  /** A null value removes the annotation. */
  void annotate(String annotation, @Nullable String value) {
    patch("metadata", Map.of("annotations", Collections.singletonMap(annotation, value)));
  }

  private void patch(String field, Object value) {
    operation().patch(MERGE, Serialization.asJson(Map.of(field, value)));
  }

  /** Something that belongs to the Cluster. */
  void apply(HasMetadata object) {
    client.resource(object).fieldManager("cloudnative-pg").forceConflicts().serverSideApply();
  }

  /** Null values remove fields. */
  void writeStatus(Map<String, @Nullable Object> status) {
    operation().subresource("status").patch(MERGE, Serialization.asJson(Map.of("status", status)));
  }

  void delete() {
    operation().delete();
  }

  private Resource<GenericKubernetesResource> operation() {
    return all(client).inNamespace(namespace).withName(name);
  }
}
