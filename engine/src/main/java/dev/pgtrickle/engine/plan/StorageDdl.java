package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import java.util.ArrayList;
import java.util.List;

/** The statements that create a storage table. */
final class StorageDdl {
  /** The constraint whose violation is a negative multiplicity. */
  static final Identifier MULTIPLICITY = Identifier.of("multiplicity_is_positive");

  private final MaintenancePlan plan;
  private final QualifiedName storage;

  StorageDdl(MaintenancePlan plan, QualifiedName storage) {
    this.plan = plan;
    this.storage = storage;
  }

  List<String> statements() {
    return List.of(table(), index());
  }

  private String table() {
    List<String> parts = new ArrayList<>();
    boolean aggregated = false;
    for (StorageColumn column : plan.columns()) {
      aggregated |= column.name().equals(HiddenColumns.COUNT);
      parts.add(
          column.name().quoted()
              + " "
              + column.type()
              + (column.collation().isEmpty() ? "" : " COLLATE " + column.collation())
              + (column.nullability() == StorageColumn.Nullability.NOT_NULL ? " NOT NULL" : ""));
    }
    if (aggregated) {
      String least = plan.key() instanceof StorageKey.SingleRow ? " >= 0)" : " > 0)";
      parts.add(
          "CONSTRAINT "
              + MULTIPLICITY.quoted()
              + " CHECK ("
              + HiddenColumns.COUNT.quoted()
              + least);
    }
    // Rows of an aggregate are updated in place again and again: leave room for that on each page.
    return "CREATE TABLE "
        + storage.quoted()
        + " (\n"
        + Indentation.indent(String.join(",\n", parts))
        + "\n)"
        + (aggregated ? " WITH (fillfactor = 90)" : "");
  }

  private String index() {
    String name = Identifier.of(storage.name() + "_key").quoted();
    String on = " ON " + storage.quoted();
    return switch (plan.key()) {
      case StorageKey.NotNullKey key ->
          "CREATE UNIQUE INDEX " + name + on + " (" + SqlText.identifiers(key.columns()) + ")";
      case StorageKey.NullableKey key ->
          "CREATE INDEX " + name + on + " (" + key.hashColumn().quoted() + ")";
      case StorageKey.Keyless key ->
          "CREATE INDEX " + name + on + " (" + key.hashColumn().quoted() + ")";
      case StorageKey.SingleRow _ -> "CREATE UNIQUE INDEX " + name + on + " ((true))";
    };
  }
}
