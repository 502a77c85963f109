package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SortKey;
import dev.pgtrickle.engine.sql.tree.Call;
import dev.pgtrickle.engine.sql.tree.ColumnName;
import dev.pgtrickle.engine.sql.tree.Constant;
import dev.pgtrickle.engine.sql.tree.Expression;
import dev.pgtrickle.engine.sql.tree.Part;
import dev.pgtrickle.engine.sql.tree.Phrase;
import dev.pgtrickle.engine.sql.tree.SortItem;
import dev.pgtrickle.engine.sql.tree.WholeRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Replaces the names in expressions by columns. */
final class ExpressionResolver {
  private final Context context;
  private final CallResolver calls;
  private final Deque<Set<Scope>> levelsUsed = new ArrayDeque<>();

  ExpressionResolver(Context context) {
    this.context = context;
    this.calls = new CallResolver(context, this);
  }

  Scalar scalar(Expression expression, Scope scope) {
    return switch (expression) {
      case ColumnName name -> Scalar.of(used(scope.find(name)));
      case WholeRow row -> Scalar.of(used(scope.findRow(row.path().getLast(), row.offset())));
      case Constant constant -> Scalar.constant(constant.text());
      case Phrase phrase ->
          new Scalar(phrase.form(), phrase.operator(), pieces(phrase.parts(), scope));
      case Call call -> calls.call(call, scope);
    };
  }

  List<Scalar> scalars(List<Expression> expressions, Scope scope) {
    return expressions.stream().map(expression -> scalar(expression, scope)).toList();
  }

  List<SortKey> order(List<SortItem> items, Scope scope) {
    return items.stream()
        .map(item -> new SortKey(scalar(item.expression(), scope), item.direction()))
        .toList();
  }

  /** Text with expressions in it, as one scalar. */
  Scalar text(List<Part> parts, Scope scope) {
    return new Scalar(Form.OPAQUE, "", pieces(parts, scope));
  }

  List<Scalar.Piece> pieces(List<Part> parts, Scope scope) {
    List<Scalar.Piece> pieces = new ArrayList<>();
    for (Part part : parts) {
      pieces.add(
          switch (part) {
            case Part.Words words -> new Scalar.Text(words.sql());
            case Part.Operand operand -> new Scalar.Operand(scalar(operand.expression(), scope));
            case Part.Nested nested ->
                new Scalar.Subquery(context.queries().query(nested.query(), new Scope(scope)));
          });
    }
    return List.copyOf(pieces);
  }

  /** Runs the work and says which levels its names belong to. */
  <R> Tracked<R> tracking(Supplier<R> work) {
    Set<Scope> levels = new HashSet<>();
    levelsUsed.push(levels);
    R result = work.get();
    levelsUsed.pop();
    if (!levelsUsed.isEmpty()) {
      levelsUsed.peek().addAll(levels);
    }
    return new Tracked<>(result, levels);
  }

  /** A result, and the levels whose columns it uses. */
  record Tracked<R>(R result, Set<Scope> levels) {}

  private dev.pgtrickle.engine.algebra.ColumnId used(Scope.Found found) {
    if (!levelsUsed.isEmpty()) {
      levelsUsed.peek().add(found.level());
    }
    return found.column();
  }
}
