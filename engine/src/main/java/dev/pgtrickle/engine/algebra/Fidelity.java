package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.Equality;

/** Property: by what two values of a column are told apart (protocol P9). */
public enum Fidelity {
  /** {@code =} of the type is identity: the value is its own image. */
  VALUE,
  /** Values that are equal may look different: only images tell them apart. */
  IMAGE;

  public static Fidelity of(ColumnType type) {
    return type.equality() == Equality.IDENTITY ? VALUE : IMAGE;
  }

  /**
   * An expression whose equality is that of images. The send function is the cheapest exact image;
   * a type without one is told apart by its text.
   */
  public static String image(ColumnType type, String sql) {
    return switch (of(type)) {
      case VALUE -> sql;
      case IMAGE ->
          type.facts()
              .sendFunction()
              .map(send -> send.quoted() + "(" + sql + ")")
              .orElse(sql + "::text COLLATE \"C\"");
    };
  }
}
