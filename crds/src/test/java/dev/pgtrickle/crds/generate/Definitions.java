package dev.pgtrickle.crds.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.crds.restore.Restore;
import dev.pgtrickle.crds.restore.RestoreSpec;
import dev.pgtrickle.crds.restore.RestoreStatus;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicy;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicySpec;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicyStatus;
import dev.pgtrickle.crds.snapshot.Snapshot;
import dev.pgtrickle.crds.snapshot.SnapshotSpec;
import dev.pgtrickle.crds.snapshot.SnapshotStatus;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/** The definitions of all kinds, by the name of their plural, in the order of the reference. */
public final class Definitions {
  private Definitions() {}

  public static Map<String, ObjectNode> generate() {
    DefinitionGenerator generator = new DefinitionGenerator();
    Map<String, ObjectNode> definitions = new LinkedHashMap<>();
    definitions.put(
        StreamTable.PLURAL,
        generator.definition(new StreamTable(), StreamTableSpec.class, StreamTableStatus.class));
    definitions.put(
        SchedulePolicy.PLURAL,
        generator.definition(
            new SchedulePolicy(), SchedulePolicySpec.class, SchedulePolicyStatus.class));
    definitions.put(
        Snapshot.PLURAL,
        generator.definition(new Snapshot(), SnapshotSpec.class, SnapshotStatus.class));
    definitions.put(
        Restore.PLURAL,
        generator.definition(new Restore(), RestoreSpec.class, RestoreStatus.class));
    return definitions;
  }
}
