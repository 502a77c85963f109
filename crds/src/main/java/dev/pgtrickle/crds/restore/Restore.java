package dev.pgtrickle.crds.restore;

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

/** Puts archived rows back into stream tables, once. Spec and status are null until set. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Kind(Restore.KIND)
@Singular("streamtablerestore")
@Plural(Restore.PLURAL)
@ShortNames("strestore")
@Description("Puts the rows of a Snapshot back into StreamTables, once.")
@PrinterColumn(name = "Snapshot", path = ".spec.snapshotRef.name")
@PrinterColumn(name = "Ready", path = ".status.conditions[?(@.type=='Ready')].status")
@PrinterColumn(name = "Status", path = ".status.conditions[?(@.type=='Ready')].reason")
@PrinterColumn(name = "Phase", path = ".status.phase")
@PrinterColumn(name = "Copied", path = ".status.progress.rowsCopied", type = "integer")
@PrinterColumn(name = "Age", path = ".metadata.creationTimestamp", type = "date")
@PrinterColumn(
    name = "Total",
    path = ".status.progress.rowsTotal",
    type = "integer",
    priority = PrinterColumn.WIDE)
@PrinterColumn(
    name = "Message",
    path = ".status.conditions[?(@.type=='Ready')].message",
    priority = PrinterColumn.WIDE)
public class Restore extends CustomResource<RestoreSpec, RestoreStatus> implements Namespaced {
  /** The kind as manifests write it. */
  public static final String KIND = "Restore";

  /** What kubectl types; long, because the short word is another project's. */
  public static final String PLURAL = "streamtablerestores";

  @Override
  protected @Nullable RestoreSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable RestoreStatus initStatus() {
    return null;
  }
}
