package dev.pgtrickle.binding;

/** Which server a resource names. */
public sealed interface ServerReference {

  /** A CloudNativePG cluster in the resource's namespace. */
  record Cluster(String namespace, String name) implements ServerReference {}

  /** A labelled Secret in the resource's namespace that says how to connect. */
  record Secret(String namespace, String name) implements ServerReference {}
}
