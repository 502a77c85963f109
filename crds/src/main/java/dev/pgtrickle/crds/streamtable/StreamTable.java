package dev.pgtrickle.crds.streamtable;

import dev.pgtrickle.crds.ApiGroup;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.PrinterColumn;
import dev.pgtrickle.crds.schema.Rule;
import dev.pgtrickle.crds.schema.Selectable;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A table that is defined by a query and kept current. Spec and status are null until set. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Kind(StreamTable.KIND)
@Singular("streamtable")
@Plural(StreamTable.PLURAL)
@ShortNames("stt")
@Description(
    "A table that is defined by a query and kept current by applying only what changed. It lives in"
        + " the namespace of its CloudNativePG Cluster.")
@Selectable({".spec.cluster.name", ".spec.database"})
@PrinterColumn(name = "Cluster", path = ".spec.cluster.name")
@PrinterColumn(name = "Relation", path = ".status.relation")
@PrinterColumn(name = "Ready", path = ".status.conditions[?(@.type=='Ready')].status")
@PrinterColumn(name = "Status", path = ".status.conditions[?(@.type=='Ready')].reason")
@PrinterColumn(name = "Mode", path = ".status.plan.mode")
@PrinterColumn(name = "Lag", path = ".status.freshness.lag")
@PrinterColumn(name = "Last-Refresh", path = ".status.lastRefresh.time", type = "date")
@PrinterColumn(name = "Age", path = ".metadata.creationTimestamp", type = "date")
@PrinterColumn(name = "Database", path = ".spec.database", priority = PrinterColumn.WIDE)
@PrinterColumn(
    name = "Schedule",
    path = ".status.schedule.effective",
    priority = PrinterColumn.WIDE)
@PrinterColumn(name = "Tier", path = ".status.schedule.tier", priority = PrinterColumn.WIDE)
@PrinterColumn(
    name = "Rows",
    path = ".status.storage.rows",
    type = "integer",
    priority = PrinterColumn.WIDE)
@PrinterColumn(
    name = "Message",
    path = ".status.conditions[?(@.type=='Ready')].message",
    priority = PrinterColumn.WIDE)
@Rule(
    value = StreamTable.TABLE_NAME + " == " + StreamTable.OLD_TABLE_NAME,
    message =
        "the table's name is immutable (spec.table.name, else metadata.name with - as _): create"
            + " another StreamTable for another table",
    field = ".spec.table.name")
@Rule(
    value = "self.spec.table.schema == oldSelf.spec.table.schema",
    message = "table.schema is immutable: create another StreamTable for another schema",
    field = ".spec.table.schema")
@Rule(
    value =
        "has(self.spec.table.name) || (self.metadata.name.size() <= 63 &&"
            + " self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$'))",
    message =
        "metadata.name is not usable as a table name (63 characters of a-z, 0-9 and -, a letter"
            + " first): set spec.table.name",
    field = ".spec.table.name")
public class StreamTable extends CustomResource<StreamTableSpec, StreamTableStatus>
    implements Namespaced {
  /** The kind as manifests write it. */
  public static final String KIND = "StreamTable";

  /** What kubectl types. */
  public static final String PLURAL = "streamtables";

  static final String TABLE_NAME =
      "(has(self.spec.table.name) ? self.spec.table.name : self.metadata.name.replace('-', '_'))";
  static final String OLD_TABLE_NAME =
      "(has(oldSelf.spec.table.name) ? oldSelf.spec.table.name :"
          + " oldSelf.metadata.name.replace('-', '_'))";

  @Override
  protected @Nullable StreamTableSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable StreamTableStatus initStatus() {
    return null;
  }
}
