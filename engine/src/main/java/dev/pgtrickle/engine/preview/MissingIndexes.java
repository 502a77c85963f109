package dev.pgtrickle.engine.preview;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.SemiJoin;
import dev.pgtrickle.engine.relations.RelationFacts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Columns by which rows of the other side of a join are looked for, and no index leads to them. */
final class MissingIndexes {
  private static final String INDEXED =
      """
      SELECT EXISTS (
        SELECT FROM pg_index
        WHERE indrelid = ?::bigint::oid AND indkey[0] = ? AND indisvalid AND indpred IS NULL)\
      """;

  private final Connection connection;
  private final Map<ColumnId, Stored> stored = new HashMap<>();

  /** A column of a table. */
  private record Stored(RelationFacts relation, int attributeNumber) {}

  MissingIndexes(Connection connection) {
    this.connection = connection;
  }

  List<String> of(Operator plan) throws SQLException {
    collect(plan);
    List<String> warnings = new ArrayList<>();
    visit(plan, warnings);
    return warnings.stream().distinct().toList();
  }

  private void collect(Operator operator) {
    if (operator instanceof Scan scan) {
      scan.scanned()
          .forEach(column ->
              stored.put(
                  column.column().id(), new Stored(scan.relation(), column.attributeNumber())));
    }
    operator.inputs().forEach(this::collect);
  }

  private void visit(Operator operator, List<String> warnings) throws SQLException {
    Optional<Scalar> condition =
        switch (operator) {
          case Join join -> join.condition();
          case SemiJoin join -> Optional.of(join.condition());
          default -> Optional.empty();
        };
    if (condition.isPresent()) {
      for (Scalar conjunct : condition.get().conjuncts()) {
        Scalar bare = conjunct.bare();
        if (bare.form() == Form.INFIX && bare.operator().equals("=")) {
          for (Scalar side : bare.operands()) {
            Stored column = side.asColumn().map(stored::get).orElse(null);
            if (column != null && column.attributeNumber() > 0 && !indexed(column)) {
              warnings.add(
                  "no index on %s (%s), by which a join looks for rows"
                      .formatted(
                          column.relation().name(),
                          column.relation().column(column.attributeNumber()).orElseThrow().name()));
            }
          }
        }
      }
    }
    for (Operator input : operator.inputs()) {
      visit(input, warnings);
    }
  }

  private boolean indexed(Stored column) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INDEXED)) {
      statement.setLong(1, column.relation().oid());
      statement.setInt(2, column.attributeNumber());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
