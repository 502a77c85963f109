package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.relations.Nullability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Combines the rows of two inputs. The right one may use columns of the left one (LATERAL), when it
 * is not the preserved side.
 *
 * @param condition empty = all pairs
 */
public record Join(Kind kind, Operator left, Operator right, Optional<Scalar> condition)
    implements Operator {

  /** The kinds of joins, by the side whose rows are all kept. */
  public enum Kind {
    INNER("an inner join", Side.NONE),
    LEFT("a left join", Side.LEFT),
    RIGHT("a right join", Side.RIGHT),
    FULL("a full join", Side.BOTH);

    private final String title;
    private final Side preserved;

    Kind(String title, Side preserved) {
      this.title = title;
      this.preserved = preserved;
    }

    /** Whether rows of the left input can come out with NULL in their place. */
    public boolean extendsLeft() {
      return preserved == Side.RIGHT || preserved == Side.BOTH;
    }

    /** Whether rows of the right input can come out with NULL in their place. */
    public boolean extendsRight() {
      return preserved == Side.LEFT || preserved == Side.BOTH;
    }
  }

  private enum Side {
    NONE,
    LEFT,
    RIGHT,
    BOTH
  }

  @Override
  public List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    collect(this, columns);
    return List.copyOf(columns);
  }

  /** Into one list: a list for each of many nested joins would copy all columns at each. */
  private static void collect(Operator operator, List<Column> columns) {
    if (!(operator instanceof Join join)) {
      columns.addAll(operator.columns());
      return;
    }
    int start = columns.size();
    collect(join.left, columns);
    int middle = columns.size();
    collect(join.right, columns);
    if (join.kind.extendsLeft()) {
      columns.subList(start, middle).replaceAll(Join::nullable);
    }
    if (join.kind.extendsRight()) {
      columns.subList(middle, columns.size()).replaceAll(Join::nullable);
    }
  }

  private static Column nullable(Column column) {
    return new Column(column.id(), column.name(), column.type(), Nullability.NULLABLE);
  }

  @Override
  public List<Operator> inputs() {
    return List.of(left, right);
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return new Join(kind, inputs.getFirst(), inputs.getLast(), condition);
  }

  @Override
  public List<Scalar> scalars() {
    return condition.stream().toList();
  }

  @Override
  public Operator withScalars(UnaryOperator<Scalar> change) {
    return new Join(kind, left, right, condition.map(change));
  }

  @Override
  public String title() {
    return kind.title;
  }
}
