package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.SortKey;
import dev.pgtrickle.engine.algebra.Window;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.tree.Call;
import dev.pgtrickle.engine.sql.tree.Quantifier;
import dev.pgtrickle.engine.sql.tree.WindowReference;
import dev.pgtrickle.engine.sql.tree.WindowSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells functions, aggregates and window functions apart. */
final class CallResolver {
  private final Context context;
  private final ExpressionResolver expressions;

  CallResolver(Context context, ExpressionResolver expressions) {
    this.context = context;
    this.expressions = expressions;
  }

  Scalar call(Call call, Scope scope) {
    if (call.over().isPresent()) {
      return window(call, call.over().get(), scope);
    }
    boolean marked =
        call.quantifier() == Quantifier.DISTINCT
            || !call.order().isEmpty()
            || !call.group().isEmpty()
            || call.filter().isPresent()
            || call.path().isEmpty();
    FunctionTraits traits =
        call.path().isEmpty()
            ? new FunctionTraits(true, false)
            : context.names().function(call.path(), call.operands().size());
    if (marked || traits.aggregate()) {
      return aggregate(call, scope);
    }
    if (traits.setReturning()) {
      scope.returnsSets();
    }
    List<Scalar.Piece> pieces = new ArrayList<>();
    pieces.add(new Scalar.Text(call.function() + "("));
    pieces.addAll(expressions.pieces(call.arguments(), scope));
    pieces.add(new Scalar.Text(")"));
    return new Scalar(Form.CALL, call.function(), List.copyOf(pieces));
  }

  /** An aggregate belongs to the innermost of the levels whose columns it uses. */
  private Scalar aggregate(Call call, Scope scope) {
    ExpressionResolver.Tracked<SetCall> tracked = expressions.tracking(() -> setCall(call, scope));
    Scope owner = scope;
    if (!tracked.levels().isEmpty()) {
      while (owner != null && !tracked.levels().contains(owner)) {
        owner = owner.outer();
      }
    }
    if (owner == null) {
      owner = scope;
    }
    Column column = context.computed(name(call));
    owner.aggregates().add(new GroupBy.Call(column, tracked.result()));
    return Scalar.of(column.id());
  }

  private Scalar window(Call call, WindowReference over, Scope scope) {
    SetCall function = setCall(call, scope);
    WindowSpecification own =
        switch (over) {
          case WindowReference.Named named ->
              new WindowSpecification(Optional.of(named.name()), List.of(), List.of(), List.of());
          case WindowReference.Inline inline -> inline.specification();
        };
    List<Scalar> partition = new ArrayList<>();
    List<SortKey> order = new ArrayList<>();
    Optional<Scalar> frame = Optional.empty();
    for (WindowSpecification part : chain(own, scope, call.offset())) {
      partition.addAll(expressions.scalars(part.partition(), scope));
      order.addAll(expressions.order(part.order(), scope));
      if (!part.frame().isEmpty()) {
        frame = Optional.of(expressions.text(part.frame(), scope));
      }
    }
    Column column = context.computed(name(call));
    scope
        .windows()
        .add(new Window.Call(column, function, List.copyOf(partition), List.copyOf(order), frame));
    return Scalar.of(column.id());
  }

  /** The window and those that it refines, the most basic one first. */
  private static List<WindowSpecification> chain(WindowSpecification own, Scope scope, int offset) {
    List<WindowSpecification> chain = new ArrayList<>();
    chain.add(own);
    Optional<Identifier> base = own.base();
    while (base.isPresent()) {
      WindowSpecification next = scope.namedWindow(base.get(), offset).specification();
      chain.addFirst(next);
      base = next.base();
    }
    return chain;
  }

  private SetCall setCall(Call call, Scope scope) {
    return new SetCall(
        call.function(),
        call.quantifier() == Quantifier.DISTINCT ? Duplicates.REMOVED : Duplicates.KEPT,
        expressions.text(call.arguments(), scope),
        expressions.order(call.order(), scope),
        expressions.order(call.group(), scope),
        call.filter().map(filter -> expressions.scalar(filter, scope)));
  }

  private static Identifier name(Call call) {
    return call.path().isEmpty()
        ? Identifier.of(call.function().toLowerCase(java.util.Locale.ROOT))
        : call.path().getLast();
  }
}
