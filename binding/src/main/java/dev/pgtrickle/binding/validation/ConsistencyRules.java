package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.crds.streamtable.ConsistencySpec;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import java.util.regex.Pattern;

/** The group whose tables always show the same point in time. */
final class ConsistencyRules implements Rules {
  private static final Pattern GROUP = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final FieldPath SPEC = FieldPath.of("spec");

  @Override
  public void check(StreamTable table, StreamTableSpec spec, Problems problems) {
    ConsistencySpec consistency = spec.consistency();
    if (consistency != null) {
      FieldPath path = SPEC.field("consistency").field("group");
      if (consistency.group() == null) {
        problems.invalid(path, "the group is missing", "write the group's name");
      } else if (!GROUP.matcher(consistency.group()).matches()) {
        problems.invalid(
            path,
            "\"" + consistency.group() + "\" is no name of a group",
            "use at most 63 characters of a-z, 0-9 and -");
      }
    }
  }
}
