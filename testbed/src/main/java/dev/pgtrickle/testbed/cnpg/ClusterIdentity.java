package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.certificates.CertificateRequest;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.stream.Stream;

/** Which Cluster, and the names that follow from that. */
record ClusterIdentity(String namespace, String name, String uid) {
  static final String API_VERSION = "postgresql.cnpg.io/v1";
  static final String KIND = "Cluster";

  /** The host that CloudNativePG tells applications. */
  String host() {
    return name + "-rw." + namespace + ".svc";
  }

  /** All names of the three services, in the order in which the status lists them. */
  List<String> serviceNames() {
    return Stream.of("-rw", "-r", "-ro")
        .map(suffix -> name + suffix)
        .flatMap(service ->
            Stream.of(
                service,
                service + "." + namespace,
                service + "." + namespace + ".svc",
                service + "." + namespace + ".svc.cluster.local"))
        .toList();
  }

  CertificateRequest serverCertificate() {
    return CertificateRequest.server(name + "-rw", serviceNames(), List.of());
  }

  OwnerReference owner() {
    return new OwnerReferenceBuilder()
        .withApiVersion(API_VERSION)
        .withKind(KIND)
        .withName(name)
        .withUid(uid)
        .withController(true)
        .build();
  }
}
