package dev.pgtrickle.engine.sql.compile;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.ColumnRewriter;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.ProjectSet;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.Equality;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Columns that are fields of dates and times, such as the year. They are numeric, whose {@code =}
 * overlooks the scale, but PostgreSQL makes these numbers of integers: their scale is zero, so that
 * equal ones look the same (protocol P9). Seconds and what is smaller than they have decimals and
 * stay as they are.
 */
final class ExtractedFields {
  private static final long NUMERIC = 1700;

  private static final Pattern EXTRACTION = Pattern.compile("EXTRACT\\(\"?([a-z]+)\"? FROM ");

  private static final Set<String> WHOLE_NUMBERS =
      Set.of(
          "millennium",
          "century",
          "decade",
          "year",
          "isoyear",
          "quarter",
          "month",
          "week",
          "day",
          "dow",
          "isodow",
          "doy",
          "hour",
          "minute");

  private final Set<ColumnId> fields = new HashSet<>();

  /** The same plan, in which such columns have an equality that is identity. */
  static Operator known(Operator plan) {
    ExtractedFields found = new ExtractedFields();
    found.visit(plan);
    return found.fields.isEmpty() ? plan : new ColumnRewriter(found::typed).plan(plan);
  }

  private void visit(Operator operator) {
    operator.inputs().forEach(this::visit);
    for (Scalar scalar : operator.scalars()) {
      for (Scalar part : scalar.withAllOperands()) {
        part.query().ifPresent(this::visit);
      }
    }
    for (Project.ComputedColumn computed : computed(operator)) {
      if (isField(computed.scalar())) {
        fields.add(computed.column().id());
      }
    }
  }

  private static List<Project.ComputedColumn> computed(Operator operator) {
    return switch (operator) {
      case Project project -> project.computed();
      case ProjectSet project -> project.computed();
      case GroupBy group -> group.keys();
      default -> List.of();
    };
  }

  private boolean isField(Scalar scalar) {
    Optional<ColumnId> column = scalar.asColumn();
    if (column.isPresent()) {
      return fields.contains(column.get());
    }
    Scalar bare = scalar.bare();
    if (bare.form() != Form.SPECIAL_FUNCTION || !bare.operator().equals("EXTRACT")) {
      return false;
    }
    Matcher matcher = EXTRACTION.matcher(beginning(bare));
    return matcher.matches() && WHOLE_NUMBERS.contains(matcher.group(1));
  }

  /** The text before the first operand. */
  private static String beginning(Scalar call) {
    StringBuilder text = new StringBuilder();
    for (Scalar.Piece piece : call.pieces()) {
      if (!(piece instanceof Scalar.Text(String sql))) {
        break;
      }
      text.append(sql);
    }
    return text.toString();
  }

  private Column typed(Column column) {
    ColumnType type = column.type();
    return fields.contains(column.id()) && type.oid() == NUMERIC
        ? new Column(
            column.id(),
            column.name(),
            new ColumnType(
                type.modifier(),
                type.text(),
                type.collation(),
                type.facts().with(Equality.IDENTITY)),
            column.nullability())
        : column;
  }
}
