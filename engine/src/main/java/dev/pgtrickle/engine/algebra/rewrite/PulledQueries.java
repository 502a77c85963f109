package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.FreeColumns;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.GroupingClause;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.property.CandidateKeys;
import java.util.List;
import java.util.Optional;

/**
 * Rows, with the queries of an expression joined to them.
 *
 * <pre>
 * (query with one row always)       join lateral query
 * (query with one row at most)      left join lateral query
 * EXISTS (query)                    join lateral GroupBy(n: count(*), query):            n > 0
 * x op ANY (query), x IN (query)    join lateral GroupBy(m: bool_or(x op c),
 *                                       u: bool_or((x op c) IS NULL), query):
 *                                     CASE WHEN m THEN true WHEN u THEN NULL ELSE false END
 * x op ALL (query)                  the same with NOT (x op c), true and false exchanged
 * </pre>
 *
 * <p>A query that may give several rows must stay an error, and is left where it is. So is IN with
 * a query that does not depend on the row: PostgreSQL looks it up in a hash table, a join by all
 * rows would not.
 */
final class PulledQueries {
  private final Calls calls;
  private Operator rows;
  private boolean any;

  PulledQueries(Operator rows, Calls calls) {
    this.rows = rows;
    this.calls = calls;
  }

  boolean any() {
    return any;
  }

  Operator rows() {
    return rows;
  }

  /** The expression without its query; the same where there is no way. */
  Scalar replacement(Scalar scalar) {
    Operator query = scalar.query().orElseThrow();
    Optional<Scalar> replaced =
        switch (scalar.form()) {
          case SCALAR_QUERY -> scalarQuery(query);
          case EXISTS -> Optional.of(exists(query));
          case IN_QUERY -> any(scalar.operands().getFirst(), "=", query);
          case QUANTIFIED_QUERY -> quantified(scalar, query);
          default -> Optional.empty();
        };
    any |= replaced.isPresent();
    return replaced.orElse(scalar);
  }

  private Optional<Scalar> scalarQuery(Operator query) {
    Optional<Join.Kind> kind =
        alwaysOneRow(query)
            ? Optional.of(Join.Kind.INNER)
            : CandidateKeys.atMostOneRow(query, rows.columns())
                ? Optional.of(Join.Kind.LEFT)
                : Optional.empty();
    kind.ifPresent(found -> join(found, query, Optional.empty()));
    return kind.map(_ -> Scalar.of(query.columns().getFirst().id()));
  }

  private static boolean alwaysOneRow(Operator query) {
    return switch (query) {
      case Project project -> alwaysOneRow(project.input());
      case GroupBy group -> group.grouping().elements().isEmpty();
      default -> false;
    };
  }

  private Scalar exists(Operator query) {
    Column count = calls.column("count");
    join(Join.Kind.INNER, whole(query, List.of(call(count, "count", text("*")))), Optional.empty());
    return Calls.text("", Scalar.of(count.id()), " > 0");
  }

  private Optional<Scalar> quantified(Scalar scalar, Operator query) {
    String words = scalar.operator();
    String operator = words.substring(0, words.lastIndexOf(' '));
    Scalar tested = scalar.operands().getFirst();
    if (words.endsWith(" ANY")) {
      return any(tested, operator, query);
    }
    if (!words.endsWith(" ALL") || query.columns().size() != 1) {
      return Optional.empty();
    }
    return words.equals("<> ALL")
        ? any(tested, "=", query).map(found -> Calls.text("NOT ", found, ""))
        : Optional.of(compared(tested, operator, query, "NOT ", "false", "true"));
  }

  private Optional<Scalar> any(Scalar tested, String operator, Operator query) {
    boolean hashed = operator.equals("=") && FreeColumns.of(query).isEmpty();
    return hashed || query.columns().size() != 1
        ? Optional.empty()
        : Optional.of(compared(tested, operator, query, "", "true", "false"));
  }

  /** By all rows of the query, which depends on the row beside it or is compared by no hash. */
  private Scalar compared(
      Scalar tested, String operator, Operator query, String not, String found, String missing) {
    Scalar comparison =
        Scalar.infix(Form.INFIX, tested, operator, Scalar.of(query.columns().getFirst().id()));
    Column decided = calls.column("decided");
    Column unknown = calls.column("unknown");
    join(
        Join.Kind.INNER,
        whole(
            query,
            List.of(
                call(decided, "bool_or", Calls.arguments(Calls.text(not, comparison, ""))),
                call(unknown, "bool_or", Calls.arguments(Calls.text("", comparison, " IS NULL"))))),
        Optional.empty());
    return choice(Scalar.of(decided.id()), found, Scalar.of(unknown.id()), missing);
  }

  private static Scalar choice(Scalar decided, String found, Scalar unknown, String missing) {
    return new Scalar(
            Form.CASE,
            "",
            List.of(
                new Scalar.Text("CASE WHEN "),
                new Scalar.Operand(decided),
                new Scalar.Text(" THEN " + found + " WHEN "),
                new Scalar.Operand(unknown),
                new Scalar.Text(" THEN NULL::boolean ELSE " + missing + " END")))
        .parenthesised();
  }

  private void join(Join.Kind kind, Operator query, Optional<Scalar> condition) {
    rows = new Join(kind, rows, query, condition);
  }

  private static Operator whole(Operator query, List<GroupBy.Call> aggregates) {
    return new GroupBy(
        query, new GroupingClause(Duplicates.KEPT, List.of()), List.of(), aggregates);
  }

  private static GroupBy.Call call(Column column, String function, Scalar arguments) {
    SetCall call = Calls.call(function, arguments, Optional.empty());
    return new GroupBy.Call(column, call);
  }

  private static Scalar text(String sql) {
    return new Scalar(Form.OPAQUE, "", List.of(new Scalar.Text(sql)));
  }
}
