package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What is read of a Cluster's spec.
 *
 * @param superuserSecret whether the superuser gets a password and a Secret
 */
record ClusterSpec(
    ClusterIdentity identity,
    int instances,
    PostgresVersion version,
    String image,
    String database,
    String owner,
    SuperuserAccess superuserSecret) {
  private static final Pattern MAJOR = Pattern.compile(":(\\d+)");

  enum SuperuserAccess {
    ENABLED,
    DISABLED
  }

  static ClusterSpec of(GenericKubernetesResource cluster, PostgresVersion defaultVersion) {
    var metadata = cluster.getMetadata();
    String image = text(cluster, "", "spec", "imageName");
    Matcher major = MAJOR.matcher(image);
    PostgresVersion version =
        major.find() ? PostgresVersion.ofMajor(Integer.parseInt(major.group(1))) : defaultVersion;
    String database = text(cluster, "app", "spec", "bootstrap", "initdb", "database");
    return new ClusterSpec(
        new ClusterIdentity(metadata.getNamespace(), metadata.getName(), metadata.getUid()),
        Integer.parseInt(text(cluster, "1", "spec", "instances")),
        version,
        image.isEmpty() ? "postgresql:" + version.major() : image,
        database,
        text(cluster, database, "spec", "bootstrap", "initdb", "owner"),
        Boolean.parseBoolean(text(cluster, "false", "spec", "enableSuperuserAccess"))
            ? SuperuserAccess.ENABLED
            : SuperuserAccess.DISABLED);
  }

  List<String> instanceNames() {
    return IntStream.rangeClosed(1, instances).mapToObj(n -> identity.name() + "-" + n).toList();
  }

  static Map<String, Object> document(int instances, PostgresVersion version) {
    return Map.of(
        "instances",
        instances,
        "imageName",
        "postgresql:" + version.major(),
        "storage",
        Map.of("size", "1Gi"));
  }

  static String text(GenericKubernetesResource cluster, String absent, Object... path) {
    Object value = cluster.get(path);
    return value == null ? absent : value.toString();
  }
}
