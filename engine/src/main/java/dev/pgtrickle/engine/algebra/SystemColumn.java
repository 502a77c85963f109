package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.Optional;

/** The columns that every table has and nobody declared. Their values are no part of a row. */
public enum SystemColumn {
  CTID(-1),
  XMIN(-2),
  CMIN(-3),
  XMAX(-4),
  CMAX(-5),
  TABLEOID(-6);

  private final int number;

  SystemColumn(int number) {
    this.number = number;
  }

  /** The attribute number in pg_attribute. */
  public int number() {
    return number;
  }

  public Identifier column() {
    return Identifier.of(name().toLowerCase(java.util.Locale.ROOT));
  }

  public static SystemColumn ofNumber(int number) {
    return values()[-number - 1];
  }

  public static Optional<SystemColumn> ofName(Identifier name) {
    for (SystemColumn column : values()) {
      if (column.column().equals(name)) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }
}
