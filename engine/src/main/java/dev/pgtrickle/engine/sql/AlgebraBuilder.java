package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.ColumnIds;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.relations.Nullability;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the operators of a bound query. The root is always the projection onto the output. */
final class AlgebraBuilder {
  private final TypeProbe types;
  private final Refusals refusals;
  private final ColumnIds ids;

  AlgebraBuilder(TypeProbe types, Refusals refusals, ColumnIds ids) {
    this.types = types;
    this.refusals = refusals;
    this.ids = ids;
  }

  /**
   * @param outputs the columns of the query as PostgreSQL sees them
   */
  Project build(BoundQuery query, List<ColumnFacts> outputs) throws SQLException {
    Operator rows = rows(query);
    if (query.grouping().isEmpty()) {
      List<Scalar> scalars =
          query.items().stream().map(item -> ScalarWriter.write(item, this::column)).toList();
      return output(rows, scalars, outputs);
    }
    AggregateBuilder groups = new AggregateBuilder(types, refusals, ids, rows, query, outputs);
    return output(groups.aggregate(), groups.outputScalars(), outputs);
  }

  private Operator rows(BoundQuery query) {
    Scan scan = query.scan();
    Optional<Scalar> predicate =
        query.where().map(elements -> ScalarWriter.write(elements, this::column));
    return predicate.<Operator>map(scalar -> new Filter(scan, scalar)).orElse(scan);
  }

  private ColumnId column(BoundElement element) {
    if (element instanceof BoundElement.Column column) {
      return column.id();
    }
    throw new IllegalStateException("no column: " + element);
  }

  private Project output(Operator input, List<Scalar> scalars, List<ColumnFacts> outputs) {
    Map<ColumnId, Nullability> known = new HashMap<>();
    input.columns().forEach(column -> known.put(column.id(), column.nullability()));
    List<Project.ComputedColumn> computed = new ArrayList<>();
    for (int index = 0; index < scalars.size(); index++) {
      Scalar scalar = scalars.get(index);
      ColumnFacts output = outputs.get(index);
      Nullability nullability = scalar.asColumn().map(known::get).orElse(Nullability.NULLABLE);
      computed.add(
          new Project.ComputedColumn(
              new Column(
                  scalar.asColumn().orElseGet(ids::next),
                  output.name(),
                  output.type(),
                  nullability),
              scalar));
    }
    return new Project(input, List.copyOf(computed));
  }
}
