package dev.pgtrickle.engine.preview;

import dev.pgtrickle.engine.algebra.FreeColumns;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.With;
import dev.pgtrickle.engine.algebra.property.Capability;
import dev.pgtrickle.engine.algebra.property.MaintenanceClass;
import dev.pgtrickle.engine.sql.AnalyzedQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What will be dear about keeping a query, told from its plan and from statistics. */
final class Warnings {
  private static final Set<MaintenanceClass> RESCANS =
      Set.of(
          MaintenanceClass.EXTREMUM,
          MaintenanceClass.GROUP_RECOMPUTE,
          MaintenanceClass.PARTITION_RECOMPUTE,
          MaintenanceClass.BOUNDED_RESCAN,
          MaintenanceClass.NODE_RECOMPUTE);

  private static final long FEW_GROUPS = 20;
  private static final long MANY_ROWS = 1_000;
  private static final Pattern ESTIMATE = Pattern.compile("rows=(\\d+)");

  private final Connection connection;

  Warnings(Connection connection) {
    this.connection = connection;
  }

  List<String> about(AnalyzedQuery query) throws SQLException {
    List<String> warnings = new ArrayList<>();
    for (Capability capability : query.capabilities()) {
      if (RESCANS.contains(capability.maintenance())) {
        warnings.add(
            "%s: rows beside the changed ones are read again (%s)"
                .formatted(capability.operator(), capability.reason()));
      }
    }
    addFewGroups(query.plan(), warnings);
    warnings.addAll(new MissingIndexes().ofJoins(query.plan()));
    if (query.form() instanceof AnalyzedQuery.Form.Differential differential) {
      warnings.addAll(new MissingIndexes().ofGroups(differential.root()));
    }
    return warnings.stream().distinct().toList();
  }

  /**
   * Where nearly every change meets the same rows, writers of them wait for each other's refresh.
   */
  private void addFewGroups(Operator operator, List<String> warnings) throws SQLException {
    if (operator instanceof With) {
      // A common table has no meaning by itself.
      return;
    }
    if (operator instanceof GroupBy group
        && group.grouping().isPlain()
        && !group.keys().isEmpty()
        && FreeColumns.of(group).isEmpty()
        && rowsBelow(group) >= MANY_ROWS) {
      long groups = estimate(new QueryUnparser().query(group));
      if (groups <= FEW_GROUPS) {
        warnings.add(
            "about %d groups over about %d rows: most changes meet the same few rows of the result"
                .formatted(groups, rowsBelow(group)));
      }
    }
    for (Operator input : operator.inputs()) {
      addFewGroups(input, warnings);
    }
  }

  private long rowsBelow(Operator operator) throws SQLException {
    long rows = 0;
    if (operator instanceof Scan scan) {
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = "
                      + scan.relation().oid())) {
        rows = row.next() ? row.getLong(1) : 0;
      }
    }
    for (Operator input : operator.inputs()) {
      rows = Math.max(rows, rowsBelow(input));
    }
    return rows;
  }

  /** How many rows the planner expects; where it cannot say, there is nothing to warn of. */
  private long estimate(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet row = statement.executeQuery("EXPLAIN " + sql)) {
        Matcher found = ESTIMATE.matcher(row.next() ? row.getString(1) : "");
        return found.find() ? Long.parseLong(found.group(1)) : Long.MAX_VALUE;
      }
    } catch (SQLException unplannable) {
      return Long.MAX_VALUE;
    }
  }
}
