package dev.pgtrickle.engine.definition;

/**
 * Who asked for a table: the manifest's or resource's identity.
 *
 * @param kubernetes which Kubernetes the resource is in (a uid of the cluster), empty outside of
 *     one; namespaces and names of two of them have nothing to do with each other
 */
public record Origin(String kubernetes, String namespace, String name, String uid) {

  /** Of a manifest, outside of any Kubernetes. */
  public Origin(String namespace, String name, String uid) {
    this("", namespace, name, uid);
  }

  /** Whether both are the same name in the same place, perhaps one after the other. */
  public boolean isNamesakeOf(Origin other) {
    return kubernetes.equals(other.kubernetes)
        && namespace.equals(other.namespace)
        && name.equals(other.name);
  }

  /** {@code namespace/name}, for people. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
