package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.crds.streamtable.IndexMethod;
import dev.pgtrickle.crds.streamtable.IndexSpec;
import dev.pgtrickle.crds.streamtable.Privilege;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The relation that readers get: its key, its indexes, who may read it. */
final class ResultRules implements Rules {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final int MOST_COLUMNS = 32;
  private static final int MOST_INDEXES = 32;
  private static final int MOST_GRANTS = 64;

  @Override
  public void check(StreamTable table, StreamTableSpec spec, Problems problems) {
    checkColumns(SPEC.field("primaryKey"), spec.primaryKey(), problems);
    checkIndexes(spec.indexes(), problems);
    checkGrants(spec, problems);
  }

  private static void checkIndexes(List<IndexSpec> indexes, Problems problems) {
    FieldPath path = SPEC.field("indexes");
    checkLength(path, indexes.size(), MOST_INDEXES, problems);
    Map<IndexSpec, Integer> seen = new HashMap<>();
    for (int position = 0; position < indexes.size(); position++) {
      IndexSpec index = indexes.get(position);
      FieldPath indexPath = path.index(position);
      if (index.columns().isEmpty()) {
        problems.invalid(
            indexPath.field("columns"), "an index without columns", "name at least one column");
      }
      checkColumns(indexPath.field("columns"), index.columns(), problems);
      if (Boolean.TRUE.equals(index.unique())
          && index.method() != null
          && index.method() != IndexMethod.BTREE) {
        problems.invalid(
            indexPath.field("unique"), "only a btree index can be unique", "use method btree");
      }
      Integer earlier = seen.putIfAbsent(withDefaults(index), position);
      if (earlier != null) {
        problems.invalid(
            indexPath, "the same index as " + path.index(earlier), "remove one of the two");
      }
    }
  }

  /** Written out or left out, a default is the same index. */
  private static IndexSpec withDefaults(IndexSpec index) {
    return new IndexSpec(
        index.columns(),
        Objects.requireNonNullElse(index.method(), IndexMethod.BTREE),
        Objects.requireNonNullElse(index.unique(), false));
  }

  private static void checkPrivileges(
      FieldPath path, List<Privilege> privileges, Problems problems) {
    if (privileges.isEmpty()) {
      problems.invalid(path, "no privilege", "write SELECT or remove the field");
    } else if (new HashSet<>(privileges).size() < privileges.size()) {
      problems.invalid(path, "a privilege is there twice", "name each privilege once");
    }
  }

  private static void checkGrants(StreamTableSpec spec, Problems problems) {
    FieldPath path = SPEC.field("grants");
    checkLength(path, spec.grants().size(), MOST_GRANTS, problems);
    Set<String> roles = new HashSet<>();
    for (int position = 0; position < spec.grants().size(); position++) {
      checkPrivileges(
          path.index(position).field("privileges"),
          spec.grants().get(position).privileges(),
          problems);
      FieldPath rolePath = path.index(position).field("role");
      String role = spec.grants().get(position).role();
      if (role == null) {
        problems.invalid(rolePath, "the role is missing", "write a role's name");
      } else if (PostgresNames.check(rolePath, role, problems) && !roles.add(role)) {
        problems.invalid(rolePath, "role \"" + role + "\" is there twice", "name each role once");
      }
    }
  }

  private static void checkColumns(FieldPath path, List<String> columns, Problems problems) {
    checkLength(path, columns.size(), MOST_COLUMNS, problems);
    Set<String> seen = new HashSet<>();
    for (int position = 0; position < columns.size(); position++) {
      FieldPath column = path.index(position);
      if (PostgresNames.check(column, columns.get(position), problems)
          && !seen.add(columns.get(position))) {
        problems.invalid(
            column,
            "column \"" + columns.get(position) + "\" is there twice",
            "name each column once");
      }
    }
  }

  private static void checkLength(FieldPath path, int length, int most, Problems problems) {
    if (length > most) {
      problems.invalid(path, length + " entries", "write at most " + most);
    }
  }
}
