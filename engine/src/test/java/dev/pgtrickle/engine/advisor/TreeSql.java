package dev.pgtrickle.engine.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.sql.SqlKind;

/**
 * Writes one of Calcite's trees as SQL, so that PostgreSQL can say whether an advice is true. Only
 * for that: what users are shown is a sentence.
 */
final class TreeSql {
  private static final Pattern PLACE = Pattern.compile("\\$(\\d+)\\$");
  private int aliases;

  /** A query with the columns c0, c1, ... */
  String of(RelNode node) {
    return switch (node) {
      case TableScan scan -> scan(scan);
      case Project project -> select(project.getProjects(), "TRUE", project.getInput());
      case Filter filter -> {
        String alias = alias();
        yield "SELECT * FROM (%s) AS %s WHERE %s"
            .formatted(
                of(filter.getInput()),
                alias,
                text(
                    filter.getCondition(),
                    List.of(alias),
                    List.of(filter.getRowType().getFieldCount())));
      }
      case Calc calc -> calc(calc);
      case Join join -> join(join);
      case Aggregate aggregate -> aggregate(aggregate);
      case SetOp operation -> set(operation);
      default -> throw new IllegalStateException("no SQL for " + node);
    };
  }

  private String alias() {
    return "a" + aliases++;
  }

  /** A relation by its name, or a query that is none of Calcite's business. */
  private String scan(TableScan scan) {
    String name = scan.getTable().getQualifiedName().getFirst();
    int count = scan.getRowType().getFieldCount();
    String relation = name.replaceFirst("^stream table ", "");
    String rows = relation.startsWith("\"") ? relation : "(" + relation + ")";
    List<String> names = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      names.add("c" + index);
    }
    return "SELECT * FROM %s AS %s(%s)".formatted(rows, alias(), String.join(", ", names));
  }

  private String select(List<RexNode> outputs, String condition, RelNode input) {
    String alias = alias();
    List<Integer> widths = List.of(input.getRowType().getFieldCount());
    List<String> items = new ArrayList<>();
    for (int index = 0; index < outputs.size(); index++) {
      items.add(text(outputs.get(index), List.of(alias), widths) + " AS c" + index);
    }
    return "SELECT %s FROM (%s) AS %s WHERE %s"
        .formatted(String.join(", ", items), of(input), alias, condition);
  }

  private String calc(Calc calc) {
    RexProgram program = calc.getProgram();
    String alias = alias();
    List<Integer> widths = List.of(calc.getInput().getRowType().getFieldCount());
    List<String> items = new ArrayList<>();
    for (int index = 0; index < program.getProjectList().size(); index++) {
      RexNode output = program.expandLocalRef(program.getProjectList().get(index));
      items.add(text(output, List.of(alias), widths) + " AS c" + index);
    }
    String condition =
        program.getCondition() == null
            ? "TRUE"
            : text(program.expandLocalRef(program.getCondition()), List.of(alias), widths);
    return "SELECT %s FROM (%s) AS %s WHERE %s"
        .formatted(String.join(", ", items), of(calc.getInput()), alias, condition);
  }

  private String join(Join join) {
    List<String> sides = List.of(alias(), alias());
    List<Integer> widths =
        List.of(
            join.getLeft().getRowType().getFieldCount(),
            join.getRight().getRowType().getFieldCount());
    List<String> items = new ArrayList<>();
    for (int index = 0; index < widths.getFirst() + widths.getLast(); index++) {
      items.add(column(index, sides, widths) + " AS c" + index);
    }
    return "SELECT %s FROM (%s) AS %s %s JOIN (%s) AS %s ON %s"
        .formatted(
            String.join(", ", items),
            of(join.getLeft()),
            sides.getFirst(),
            join.getJoinType(),
            of(join.getRight()),
            sides.getLast(),
            text(join.getCondition(), sides, widths));
  }

  private String aggregate(Aggregate aggregate) {
    String alias = alias();
    List<String> items = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      keys.add(alias + ".c" + key);
    }
    for (String key : keys) {
      items.add(key + " AS c" + items.size());
    }
    for (AggregateCall call : aggregate.getAggCallList()) {
      items.add(call(call, alias) + " AS c" + items.size());
    }
    return "SELECT %s FROM (%s) AS %s%s"
        .formatted(
            String.join(", ", items),
            of(aggregate.getInput()),
            alias,
            keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys));
  }

  private static String call(AggregateCall call, String alias) {
    if (call.getAggregation() instanceof OpaqueAggregate opaque) {
      return replaced(
          opaque.getName(), call.getArgList().stream().map(index -> alias + ".c" + index).toList());
    }
    return switch (call.getAggregation().getKind()) {
      case COUNT -> "count(*)";
      case SUM0 ->
          "coalesce(sum(%s.c%d), 0)::bigint".formatted(alias, call.getArgList().getFirst());
      default -> throw new IllegalStateException("no SQL for " + call);
    };
  }

  private String set(SetOp operation) {
    String word =
        switch (operation) {
          case Intersect _ -> "INTERSECT";
          case Minus _ -> "EXCEPT";
          default -> "UNION";
        };
    List<String> inputs = new ArrayList<>();
    for (RelNode input : operation.getInputs()) {
      inputs.add("(" + of(input) + ")");
    }
    return String.join(" " + word + (operation.all ? " ALL " : " "), inputs);
  }

  private static String column(int index, List<String> aliases, List<Integer> widths) {
    return index < widths.getFirst()
        ? aliases.getFirst() + ".c" + index
        : aliases.getLast() + ".c" + (index - widths.getFirst());
  }

  private static String text(RexNode node, List<String> aliases, List<Integer> widths) {
    return switch (node) {
      case RexInputRef reference -> column(reference.getIndex(), aliases, widths);
      case RexLiteral literal -> String.valueOf(literal.getValue());
      case RexCall call -> {
        List<String> operands =
            call.getOperands().stream().map(operand -> text(operand, aliases, widths)).toList();
        yield call.getOperator() instanceof OpaqueFunction opaque
            ? "(" + replaced(opaque.getName(), operands) + ")"
            : standard(call.getKind(), operands);
      }
      default -> throw new IllegalStateException("no SQL for " + node);
    };
  }

  private static String standard(SqlKind kind, List<String> operands) {
    return switch (kind) {
      case AND, OR -> "(" + String.join(" " + kind + " ", operands) + ")";
      case NOT -> "(NOT " + operands.getFirst() + ")";
      case EQUALS -> "(" + String.join(" = ", operands) + ")";
      case IS_NOT_NULL -> "(" + operands.getFirst() + " IS NOT NULL)";
      case IS_TRUE -> "(" + operands.getFirst() + " IS TRUE)";
      case IS_NOT_TRUE -> "(" + operands.getFirst() + " IS NOT TRUE)";
      case CAST -> operands.getFirst();
      default -> throw new IllegalStateException("no SQL for " + kind);
    };
  }

  private static String replaced(String text, List<String> operands) {
    Matcher places = PLACE.matcher(text);
    return places.replaceAll(
        place -> Matcher.quoteReplacement(operands.get(Integer.parseInt(place.group(1)))));
  }
}
