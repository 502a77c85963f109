package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.sql.tree.FromItem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Joins, with the columns that USING makes one. */
final class JoinResolver {
  private final Context context;
  private final FromResolver from;

  JoinResolver(Context context, FromResolver from) {
    this.context = context;
    this.from = from;
  }

  FromResolver.Source join(FromItem.Joined joined, Scope scope) {
    FromResolver.Source left = from.item(joined.left(), scope);
    FromResolver.Source right = from.item(joined.right(), scope);
    List<Merge> merges =
        joined.using().stream().map(name -> merge(name, left, right, joined)).toList();
    Optional<Scalar> condition =
        merges.isEmpty()
            ? joined.condition().map(expression -> context.expressions().scalar(expression, scope))
            : Optional.of(Scalar.and(merges.stream().map(Merge::condition).toList()));
    Operator plan = new Join(kind(joined.kind()), left.operator(), right.operator(), condition);
    List<Project.ComputedColumn> computed = new ArrayList<>();
    List<FromEntry.NamedColumn> merged = new ArrayList<>();
    for (Merge merge : merges) {
      Optional<ColumnId> plain = merge.value().asColumn();
      Column column = context.computed(merge.name());
      if (plain.isEmpty()) {
        computed.add(new Project.ComputedColumn(column, merge.value()));
      }
      merged.add(new FromEntry.NamedColumn(merge.name(), plain.orElse(column.id())));
    }
    if (!computed.isEmpty()) {
      List<Project.ComputedColumn> all = new ArrayList<>();
      for (Column column : plan.columns()) {
        all.add(new Project.ComputedColumn(column, Scalar.of(column.id())));
      }
      all.addAll(computed);
      plan = new Project(plan, List.copyOf(all));
    }
    return known(joined, plan, left, right, merged, scope);
  }

  /** Makes the names of the join known, and hides those that its alias hides. */
  private static FromResolver.Source known(
      FromItem.Joined joined,
      Operator plan,
      FromResolver.Source left,
      FromResolver.Source right,
      List<FromEntry.NamedColumn> merged,
      Scope scope) {
    List<FromEntry> entries = new ArrayList<>(left.entries());
    entries.addAll(right.entries());
    joined
        .usingAlias()
        .ifPresent(alias -> {
          FromEntry entry = new FromEntry(Optional.of(alias), merged, Optional.empty());
          entries.add(entry);
          scope.add(entry);
        });
    List<FromEntry.NamedColumn> visible = new ArrayList<>(merged);
    Set<Identifier> names = new HashSet<>();
    merged.forEach(column -> names.add(column.name()));
    outputs(left).stream().filter(column -> !names.contains(column.name())).forEach(visible::add);
    outputs(right).stream().filter(column -> !names.contains(column.name())).forEach(visible::add);
    if (joined.alias().isPresent()) {
      scope.remove(entries);
      left.merged().forEach(column -> scope.unmerge(column.name()));
      right.merged().forEach(column -> scope.unmerge(column.name()));
      List<Identifier> renamed = joined.alias().get().columns();
      List<FromEntry.NamedColumn> columns = new ArrayList<>();
      for (int index = 0; index < visible.size(); index++) {
        FromEntry.NamedColumn column = visible.get(index);
        columns.add(
            index < renamed.size()
                ? new FromEntry.NamedColumn(renamed.get(index), column.id())
                : column);
      }
      FromEntry entry =
          new FromEntry(
              Optional.of(joined.alias().get().name()), List.copyOf(columns), Optional.empty());
      scope.add(entry);
      return FromResolver.Source.of(plan, entry);
    }
    List<FromEntry.NamedColumn> all = new ArrayList<>(merged);
    for (FromEntry.NamedColumn before : left.merged()) {
      if (!names.contains(before.name())) {
        all.add(before);
      }
    }
    for (FromEntry.NamedColumn before : right.merged()) {
      if (!names.contains(before.name())) {
        all.add(before);
      }
    }
    all.forEach(column -> scope.merge(column.name(), column.id()));
    return new FromResolver.Source(plan, List.copyOf(entries), List.copyOf(all));
  }

  /** The columns of a side as its SELECT * would list them. */
  private static List<FromEntry.NamedColumn> outputs(FromResolver.Source source) {
    List<FromEntry.NamedColumn> columns = new ArrayList<>(source.merged());
    Set<Identifier> merged = new HashSet<>();
    source.merged().forEach(column -> merged.add(column.name()));
    for (FromEntry entry : source.entries()) {
      for (FromEntry.NamedColumn column : entry.columns()) {
        if (!merged.contains(column.name()) && !columns.contains(column)) {
          columns.add(column);
        }
      }
    }
    return columns;
  }

  /** A column of USING. */
  private record Merge(Identifier name, Scalar condition, Scalar value) {}

  private Merge merge(
      Identifier name,
      FromResolver.Source left,
      FromResolver.Source right,
      FromItem.Joined joined) {
    ColumnId leftColumn = find(name, left, joined);
    ColumnId rightColumn = find(name, right, joined);
    Scalar one = Scalar.of(leftColumn);
    Scalar other = Scalar.of(rightColumn);
    ColumnType type = type(left.operator(), leftColumn);
    boolean sameType = !type.isUndetermined() && type.equals(type(right.operator(), rightColumn));
    Scalar value =
        switch (joined.kind()) {
          case FULL -> call("COALESCE(", one, ", ", other, ")");
          case RIGHT -> sameType ? other : unified(other, one);
          case INNER, LEFT, CROSS -> sameType ? one : unified(one, other);
        };
    return new Merge(name, Scalar.infix(Form.INFIX, one, "=", other), value);
  }

  /** The value of the first one, in the type that both have in common. */
  private static Scalar unified(Scalar value, Scalar other) {
    return call("CASE WHEN true THEN ", value, " ELSE ", other, " END");
  }

  private static Scalar call(
      String before, Scalar first, String between, Scalar second, String after) {
    return new Scalar(
        Form.SPECIAL_FUNCTION,
        before.startsWith("COALESCE") ? "COALESCE" : "CASE",
        List.of(
            new Scalar.Text(before),
            new Scalar.Operand(first),
            new Scalar.Text(between),
            new Scalar.Operand(second),
            new Scalar.Text(after)));
  }

  private static ColumnType type(Operator operator, ColumnId id) {
    return operator.columns().stream()
        .filter(column -> column.id().equals(id))
        .findFirst()
        .orElseThrow()
        .type();
  }

  private static ColumnId find(
      Identifier name, FromResolver.Source source, FromItem.Joined joined) {
    List<ColumnId> found =
        outputs(source).stream()
            .filter(column -> column.name().equals(name))
            .map(FromEntry.NamedColumn::id)
            .distinct()
            .toList();
    if (found.size() != 1) {
      throw new UnresolvedException("column " + name + " of USING is ambiguous", joined.offset());
    }
    return found.getFirst();
  }

  private static Join.Kind kind(FromItem.Kind kind) {
    return switch (kind) {
      case INNER, CROSS -> Join.Kind.INNER;
      case LEFT -> Join.Kind.LEFT;
      case RIGHT -> Join.Kind.RIGHT;
      case FULL -> Join.Kind.FULL;
    };
  }
}
