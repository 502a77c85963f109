package dev.pgtrickle.cnpg.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/**
 * CloudNativePG's Cluster as far as we read it. Whatever else it has is dropped while it is read,
 * so that a cache of clusters stays small and a field of a newer CloudNativePG does no harm.
 *
 * <p>Read only: writing such an object would delete all that was dropped.
 */
@Group("postgresql.cnpg.io")
@Version("v1")
@Kind("Cluster")
@Plural("clusters")
@JsonIgnoreProperties(ignoreUnknown = true)
public final class Cluster extends CustomResource<ClusterSpec, ClusterStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  protected @Nullable ClusterSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable ClusterStatus initStatus() {
    return null;
  }
}
