package dev.pgtrickle.crds.snapshot;

import dev.pgtrickle.crds.ApiGroup;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.PrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** One consistent copy of some stream tables, taken once. Spec and status are null until set. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Kind(Snapshot.KIND)
@Singular("streamtablesnapshot")
@Plural(Snapshot.PLURAL)
@ShortNames("stsnap")
@Description("One consistent copy of some StreamTables of one database, taken once.")
@PrinterColumn(name = "Ready", path = ".status.conditions[?(@.type=='Ready')].status")
@PrinterColumn(name = "Status", path = ".status.conditions[?(@.type=='Ready')].reason")
@PrinterColumn(name = "Phase", path = ".status.phase")
@PrinterColumn(name = "Completed", path = ".status.completionTime", type = "date")
@PrinterColumn(name = "Age", path = ".metadata.creationTimestamp", type = "date")
@PrinterColumn(name = "TTL", path = ".spec.ttl", priority = PrinterColumn.WIDE)
@PrinterColumn(name = "Origin", path = ".status.origin.cluster", priority = PrinterColumn.WIDE)
@PrinterColumn(
    name = "Message",
    path = ".status.conditions[?(@.type=='Ready')].message",
    priority = PrinterColumn.WIDE)
public class Snapshot extends CustomResource<SnapshotSpec, SnapshotStatus> implements Namespaced {
  /** The kind as manifests write it. */
  public static final String KIND = "Snapshot";

  /** What kubectl types; long, because the short word is another project's. */
  public static final String PLURAL = "streamtablesnapshots";

  @Override
  protected @Nullable SnapshotSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable SnapshotStatus initStatus() {
    return null;
  }
}
