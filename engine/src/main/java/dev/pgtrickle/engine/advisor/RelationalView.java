package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Fidelity;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.FreeColumns;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.property.ColumnFidelity;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.relations.RelationFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A plan as a tree of Calcite's, built from the algebra and never from SQL. Expressions are opaque;
 * what Calcite could get wrong (lateral joins, windows, limits, recursion, equality that is not
 * identity) is a table under the name of its SQL text, which equals itself and nothing else.
 */
final class RelationalView {
  private final RelOptCluster cluster;
  private final PostgresTypes types;
  private final Keys keys;

  /** Whether Calcite gets to know what is unique: what it does not know it cannot conclude from. */
  enum Keys {
    SHOWN,
    HIDDEN
  }

  RelationalView(RelOptCluster cluster, PostgresTypes types, Keys keys) {
    this.cluster = cluster;
    this.types = types;
    this.keys = keys;
  }

  /** Whether Calcite gets to see the operator itself. */
  static boolean shows(Operator operator) {
    return switch (operator) {
      case Scan scan ->
          scan.sample().isEmpty()
              && scan.reach() == Scan.Reach.WITH_DESCENDANTS
              && scan.scanned().stream().noneMatch(column -> column.attributeNumber() < 0);
      case Filter filter -> isOfTheRows(filter.predicate());
      case Project project -> project.scalars().stream().noneMatch(Scalar::hasQuery);
      case Join join ->
          // Rows without columns get one from us, which would move those of the other side.
          join.inputs().stream().noneMatch(input -> input.columns().isEmpty())
              && FreeColumns.of(join.right()).isEmpty()
              && join.condition().stream().allMatch(RelationalView::isOfTheRows);
      case GroupBy group ->
          group.grouping().isPlain()
              && group.scalars().stream().noneMatch(Scalar::hasQuery)
              && group.keys().stream().allMatch(key -> oneImage(key.column()));
      case Distinct distinct ->
          !distinct.columns().isEmpty()
              && distinct.columns().stream().allMatch(RelationalView::oneImage);
      case SetOperation operation ->
          operation.kind() == SetOperation.Kind.UNION
              && !operation.columns().isEmpty()
              && sameTypes(operation)
              && (operation.duplicates() == Duplicates.KEPT
                  || operation.columns().stream().allMatch(RelationalView::oneImage));
      default -> false;
    };
  }

  private static boolean oneImage(Column column) {
    return ColumnFidelity.of(column) == Fidelity.VALUE;
  }

  /** A condition that says nothing of a row could be moved to where it drops a row that counts. */
  private static boolean isOfTheRows(Scalar condition) {
    return !condition.hasQuery()
        && condition.conjuncts().stream().noneMatch(part -> part.references().isEmpty());
  }

  private static boolean sameTypes(SetOperation operation) {
    return IntStream.range(0, operation.columns().size())
        .allMatch(index ->
            operation.inputs().stream()
                .allMatch(input ->
                    input
                        .columns()
                        .get(index)
                        .type()
                        .equals(operation.columns().get(index).type())));
  }

  RelNode of(Operator operator) {
    if (!shows(operator)) {
      return leaf(operator);
    }
    return switch (operator) {
      case Scan scan -> scan(scan.relation(), scan.scanned());
      case Filter filter -> filter(filter);
      case Project project -> project(project.input(), project.computed());
      case Join join -> join(join);
      case GroupBy group -> new GroupedView(this, cluster, types).of(group);
      case Distinct distinct -> distinct(distinct);
      case SetOperation operation -> union(operation);
      default -> leaf(operator);
    };
  }

  private RelNode leaf(Operator operator) {
    List<Identifier> names =
        IntStream.range(0, operator.columns().size())
            .mapToObj(index -> Identifier.of("c" + index))
            .toList();
    return table(
        new QueryUnparser().query(operator, names), rowType(operator.columns()), List.of());
  }

  RelNode table(String name, RelDataType rowType, List<ImmutableBitSet> keys) {
    return LogicalTableScan.create(cluster, new RelationTable(name, rowType, keys), List.of());
  }

  RelDataType rowType(List<Column> columns) {
    RelDataTypeFactory.Builder builder = types.builder();
    for (int index = 0; index < columns.size(); index++) {
      builder.add("c" + index, types.of(columns.get(index)));
    }
    return builder.build();
  }

  /** The whole relation, then the columns that are read of it. */
  private RelNode scan(RelationFacts relation, List<Scan.ScannedColumn> scanned) {
    RelDataTypeFactory.Builder builder = types.builder();
    List<Integer> numbers = new ArrayList<>();
    for (ColumnFacts column : relation.columns()) {
      numbers.add(column.attributeNumber());
      builder.add("c" + column.attributeNumber(), types.of(column.type()));
    }
    List<ImmutableBitSet> unique =
        keys == Keys.HIDDEN
            ? List.of()
            : relation.keysWithoutNull().stream()
                .map(key ->
                    ImmutableBitSet.of(
                        key.attributeNumbers().stream().map(numbers::indexOf).toList()))
                .toList();
    RelNode table = table(relation.name().quoted(), builder.build(), unique);
    List<RexNode> read = new ArrayList<>();
    for (Scan.ScannedColumn column : scanned) {
      read.add(
          cluster.getRexBuilder().makeInputRef(table, numbers.indexOf(column.attributeNumber())));
    }
    return projected(table, read);
  }

  /** Calcite does not like rows without columns: they get one that nobody refers to. */
  private RelNode projected(RelNode rows, List<RexNode> expressions) {
    List<RexNode> columns =
        expressions.isEmpty()
            ? List.of(cluster.getRexBuilder().makeLiteral(true))
            : List.copyOf(expressions);
    return LogicalProject.create(rows, List.of(), columns, names(columns.size()), Set.of());
  }

  static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(index -> "c" + index).toList();
  }

  private RelNode filter(Filter filter) {
    RelNode input = of(filter.input());
    Conditions conditions = conditions(filter.input().columns(), input);
    return LogicalFilter.create(input, conditions.condition(filter.predicate()));
  }

  RelNode project(Operator input, List<Project.ComputedColumn> computed) {
    RelNode rows = of(input);
    Conditions conditions = conditions(input.columns(), rows);
    List<RexNode> expressions = new ArrayList<>();
    for (Project.ComputedColumn column : computed) {
      expressions.add(conditions.value(column.scalar(), types.of(column.column())));
    }
    return projected(rows, expressions);
  }

  private RelNode join(Join join) {
    RelNode left = of(join.left());
    RelNode right = of(join.right());
    JoinRelType kind =
        switch (join.kind()) {
          case INNER -> JoinRelType.INNER;
          case LEFT -> JoinRelType.LEFT;
          case RIGHT -> JoinRelType.RIGHT;
          case FULL -> JoinRelType.FULL;
        };
    RelNode both = join(left, right, cluster.getRexBuilder().makeLiteral(true), JoinRelType.INNER);
    RexNode condition =
        join.condition()
            .map(scalar -> conditions(join.columns(), both).condition(scalar))
            .orElseGet(() -> cluster.getRexBuilder().makeLiteral(true));
    return join(left, right, condition, kind);
  }

  private static RelNode join(RelNode left, RelNode right, RexNode condition, JoinRelType kind) {
    return LogicalJoin.create(left, right, List.of(), condition, Set.of(), kind);
  }

  private RelNode distinct(Distinct distinct) {
    return withoutDuplicates(of(distinct.input()));
  }

  private static RelNode withoutDuplicates(RelNode rows) {
    ImmutableBitSet all = ImmutableBitSet.range(rows.getRowType().getFieldCount());
    return LogicalAggregate.create(rows, List.of(), all, List.of(all), List.of());
  }

  private RelNode union(SetOperation operation) {
    RelNode rows = LogicalUnion.create(operation.inputs().stream().map(this::of).toList(), true);
    return operation.duplicates() == Duplicates.KEPT ? rows : withoutDuplicates(rows);
  }

  Conditions conditions(List<Column> columns, RelNode rows) {
    List<ColumnId> ids = columns.stream().map(Column::id).toList();
    return new Conditions(cluster.getRexBuilder(), types, columns, ids, rows);
  }
}
