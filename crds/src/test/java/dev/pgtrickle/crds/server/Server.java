package dev.pgtrickle.crds.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.crds.ApiGroup;
import dev.pgtrickle.crds.generate.DefinitionFiles;
import dev.pgtrickle.crds.restore.Restore;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicy;
import dev.pgtrickle.crds.snapshot.Snapshot;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.testbed.kubernetes.ControlPlane;
import dev.pgtrickle.testbed.kubernetes.CustomResources;
import dev.pgtrickle.testbed.kubernetes.DryRun;
import dev.pgtrickle.testbed.kubernetes.ServerVerdict;
import dev.pgtrickle.testbed.kubernetes.TestControlPlane;
import dev.pgtrickle.testbed.kubernetes.TestNamespace;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Objects;

/** A namespace on the shared control plane, which knows our kinds. */
record Server(TestNamespace namespace) implements AutoCloseable {
  private static final Map<String, String> PLURALS =
      Map.of(
          StreamTable.KIND,
          StreamTable.PLURAL,
          SchedulePolicy.KIND,
          SchedulePolicy.PLURAL,
          Snapshot.KIND,
          Snapshot.PLURAL,
          Restore.KIND,
          Restore.PLURAL);

  /** Once a JVM: the control plane is shared too. */
  private static final class Installed {
    private static final ControlPlane PLANE = install();

    private static ControlPlane install() {
      CustomResources.install(TestControlPlane.get(), DefinitionFiles.FOLDER);
      return TestControlPlane.get();
    }
  }

  static Server start() {
    Objects.requireNonNull(Installed.PLANE);
    return new Server(TestControlPlane.namespace("crds"));
  }

  ControlPlane plane() {
    return namespace.controlPlane();
  }

  ServerVerdict judgeCreation(JsonNode object) {
    return new DryRun(namespace.client()).create(collection(object), object.toString());
  }

  ServerVerdict judgeReplacement(JsonNode stored, JsonNode object) {
    ObjectNode replacement = object.deepCopy();
    replacement
        .withObject("/metadata")
        .set("resourceVersion", stored.path("metadata").path("resourceVersion"));
    return new DryRun(namespace.client()).replace(path(stored), replacement.toString());
  }

  /** Creates the object and returns what the server stored. */
  JsonNode create(JsonNode object) {
    return tree(namespace.client().raw(collection(object), "POST", object.toString()));
  }

  /** Replaces the status of a stored object by what this object has as its status. */
  JsonNode writeStatus(JsonNode object) {
    ObjectNode stored = (ObjectNode) tree(namespace.client().raw(path(object)));
    stored.set("status", object.path("status"));
    return tree(namespace.client().raw(path(object) + "/status", "PUT", stored.toString()));
  }

  void delete(JsonNode object) {
    namespace.client().raw(path(object), "DELETE", "");
  }

  private String collection(JsonNode object) {
    return "/apis/"
        + ApiGroup.API_VERSION
        + "/namespaces/"
        + namespace.name()
        + "/"
        + Objects.requireNonNull(PLURALS.get(object.path("kind").asText()));
  }

  private String path(JsonNode object) {
    return collection(object) + "/" + object.path("metadata").path("name").asText();
  }

  private static JsonNode tree(String text) {
    return Serialization.unmarshal(text, JsonNode.class);
  }

  @Override
  public void close() {
    namespace.close();
  }
}
