package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes an operator as a SELECT that people can read. Scan, filter and projection share a block;
 * an aggregate has its own.
 */
public final class Unparser {
  private static final String ALIAS = "input";

  /** A SELECT whose columns are those of the operator, in order and under their names. */
  public String query(Operator operator) {
    return switch (operator) {
      case Scan scan -> block(selectColumns(scan, tableNames(scan)), from(scan), Optional.empty());
      case Filter filter -> filtered(filter, null);
      case Project project -> projected(project);
      case Aggregate aggregate -> aggregated(aggregate);
      case TemporalFilter _,
          ConstantRow _,
          Values _,
          FunctionScan _,
          CommonTableScan _,
          ProjectSet _,
          WholeRow _,
          Join _,
          SemiJoin _,
          NullAwareAntiJoin _,
          GroupBy _,
          Window _,
          Distinct _,
          DistinctOn _,
          TopRows _,
          SetOperation _,
          With _ ->
          new QueryUnparser().query(operator);
    };
  }

  /** Writes {@code items} over what the operator puts out. */
  public String select(List<String> items, Operator input, String tail) {
    return "SELECT "
        + String.join(", ", items)
        + "\nFROM (\n"
        + Indentation.indent(query(input))
        + "\n) AS "
        + ALIAS
        + tail;
  }

  /** How {@link #select} names a column of its input. */
  public static String inputColumn(Identifier name) {
    return ALIAS + "." + name.quoted();
  }

  private String projected(Project project) {
    return switch (project.input()) {
      case Scan scan ->
          block(selectComputed(project, tableNames(scan)), from(scan), Optional.empty());
      case Filter filter -> filtered(filter, project);
      case Project input -> nested(project, input);
      case Aggregate input -> nested(project, input);
      case TemporalFilter _,
          ConstantRow _,
          Values _,
          FunctionScan _,
          CommonTableScan _,
          ProjectSet _,
          WholeRow _,
          Join _,
          SemiJoin _,
          NullAwareAntiJoin _,
          GroupBy _,
          Window _,
          Distinct _,
          DistinctOn _,
          TopRows _,
          SetOperation _,
          With _ ->
          nested(project, project.input());
    };
  }

  private String nested(Project project, Operator input) {
    return select(selectComputed(project, outputNames(input)), input, "");
  }

  private String filtered(Filter filter, @Nullable Project above) {
    Operator input = filter.input();
    boolean table = input instanceof Scan;
    Function<ColumnId, String> names =
        input instanceof Scan scan ? tableNames(scan) : outputNames(input);
    List<String> items =
        above == null ? selectColumns(filter, names) : selectComputed(above, names);
    String source =
        table ? from((Scan) input) : "(\n" + Indentation.indent(query(input)) + "\n) AS " + ALIAS;
    return block(items, source, Optional.of(filter.predicate().render(names)));
  }

  private String aggregated(Aggregate aggregate) {
    Function<ColumnId, String> names = outputNames(aggregate.input());
    List<String> items = new ArrayList<>();
    for (Column key : aggregate.keys()) {
      items.add(item(names.apply(key.id()), key));
    }
    for (AggregateCall call : aggregate.calls()) {
      items.add(item(callText(call, names), call.column()));
    }
    String keys =
        aggregate.keys().stream()
            .map(key -> names.apply(key.id()))
            .collect(Collectors.joining(", "));
    return select(
        items,
        aggregate.input(),
        aggregate.grouping() == Grouping.BY_KEYS ? "\nGROUP BY " + keys : "");
  }

  private static String callText(AggregateCall call, Function<ColumnId, String> names) {
    return call.function().sqlName()
        + "("
        + call.argument().map(column -> names.apply(column.id())).orElse("*")
        + ")";
  }

  private static String block(List<String> items, String source, Optional<String> condition) {
    return "SELECT "
        + String.join(", ", items)
        + "\nFROM "
        + source
        + condition.map(text -> "\nWHERE " + text).orElse("");
  }

  /**
   * ONLY, since the catalog is read as it is now and not as of the snapshot: a child that ALTER
   * TABLE INHERIT adds after the snapshot was taken would bring its rows along. Where there are
   * children, that is looked at before the commit.
   */
  private static String from(Scan scan) {
    String only = scan.relation().hasDescendants() ? "" : "ONLY ";
    return only + scan.relation().name().quoted() + " AS " + ALIAS;
  }

  private static List<String> selectColumns(Operator operator, Function<ColumnId, String> names) {
    return operator.columns().stream()
        .map(column -> item(names.apply(column.id()), column))
        .toList();
  }

  private static List<String> selectComputed(Project project, Function<ColumnId, String> names) {
    return project.computed().stream()
        .map(computed -> item(computed.scalar().render(names), computed.column()))
        .toList();
  }

  private static String item(String sql, Column column) {
    return sql.equals(inputColumn(column.name())) ? sql : sql + " AS " + column.name().quoted();
  }

  private static Function<ColumnId, String> tableNames(Scan scan) {
    Map<ColumnId, String> names = new HashMap<>();
    for (Scan.ScannedColumn scanned : scan.scanned()) {
      Identifier name = scan.relation().column(scanned.attributeNumber()).orElseThrow().name();
      names.put(scanned.column().id(), inputColumn(name));
    }
    return id -> lookUp(names, id);
  }

  private static Function<ColumnId, String> outputNames(Operator operator) {
    Map<ColumnId, String> names = new HashMap<>();
    for (Column column : operator.columns()) {
      names.put(column.id(), inputColumn(column.name()));
    }
    return id -> lookUp(names, id);
  }

  private static String lookUp(Map<ColumnId, String> names, ColumnId id) {
    String name = names.get(id);
    if (name == null) {
      throw new IllegalStateException("column " + id + " is not in the input");
    }
    return name;
  }
}
