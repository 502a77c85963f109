package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.StorageColumn;
import java.util.stream.Collectors;

/**
 * What a storage table looks like, as one text in the registry. A plan can be put over an existing
 * storage only if it has the same shape.
 */
record StorageShape(String text) {

  static StorageShape of(MaintenancePlan plan) {
    return new StorageShape(
        plan.columns().stream().map(StorageShape::describe).collect(Collectors.joining("; "))
            + " | "
            + plan.key());
  }

  private static String describe(StorageColumn column) {
    return column.name().quoted()
        + " "
        + column.type()
        + " "
        + column.collation()
        + " "
        + column.nullability()
        + " "
        + column.visibility();
  }
}
