package dev.pgtrickle.operator.configuration;

/** Which Kubernetes this is, by the uid of its namespace kube-system. */
public record KubernetesIdentity(String uid) {}
