package dev.pgtrickle.crds.schedulepolicy;

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

/**
 * When tables are refreshed that a selector or a reference names. Spec and status are null until
 * set.
 */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Kind(SchedulePolicy.KIND)
@Singular("streamtableschedulepolicy")
@Plural(SchedulePolicy.PLURAL)
@ShortNames("stpol")
@Description(
    "When StreamTables of the namespace are refreshed, and how much of a "
        + "database they may use together.")
@PrinterColumn(name = "Default", path = ".spec.default", type = "boolean")
@PrinterColumn(name = "Priority", path = ".spec.priority", type = "integer")
@PrinterColumn(name = "Every", path = ".spec.schedule.every")
@PrinterColumn(name = "Cron", path = ".spec.schedule.cron.expression")
@PrinterColumn(name = "Matched", path = ".status.matched", type = "integer")
@PrinterColumn(name = "Ready", path = ".status.conditions[?(@.type=='Ready')].status")
@PrinterColumn(name = "Status", path = ".status.conditions[?(@.type=='Ready')].reason")
@PrinterColumn(name = "Age", path = ".metadata.creationTimestamp", type = "date")
@PrinterColumn(
    name = "Overlaps",
    path = ".status.conditions[?(@.type=='Overlaps')].reason",
    priority = PrinterColumn.WIDE)
@PrinterColumn(
    name = "Message",
    path = ".status.conditions[?(@.type=='Ready')].message",
    priority = PrinterColumn.WIDE)
public class SchedulePolicy extends CustomResource<SchedulePolicySpec, SchedulePolicyStatus>
    implements Namespaced {
  /** The kind as manifests write it. */
  public static final String KIND = "SchedulePolicy";

  /** What kubectl types; long, because the short word is another project's. */
  public static final String PLURAL = "streamtableschedulepolicies";

  @Override
  protected @Nullable SchedulePolicySpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable SchedulePolicyStatus initStatus() {
    return null;
  }
}
