package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    for (StorageColumn column : plan.columns()) {
      parts.add(
          typed(column)
              + (column.nullability() == StorageColumn.Nullability.NOT_NULL ? " NOT NULL" : ""));
    }
    Optional<String> multiplicity = StorageLayout.of(plan).multiplicity();
    multiplicity.ifPresent(condition ->
        parts.add("CONSTRAINT " + MULTIPLICITY.quoted() + " CHECK (" + condition + ")"));
    // Rows of an aggregate are updated in place again and again: leave room for that on each page.
    return "CREATE TABLE "
        + storage.quoted()
        + " (\n"
        + Indentation.indent(String.join(",\n", parts))
        + "\n)"
        + (multiplicity.isPresent() ? " WITH (fillfactor = 90)" : "");
  }

  /** The index by which a stored row is found. */
  static QualifiedName keyIndex(QualifiedName storage) {
    return new QualifiedName(storage.schema(), Identifier.of(storage.name() + "_key"));
  }

  static String typed(StorageColumn column) {
    return column.name().quoted()
        + " "
        + column.type()
        + (column.collation().isEmpty() ? "" : " COLLATE " + column.collation());
  }

  String index() {
    return index("");
  }

  String indexIfMissing() {
    return index("IF NOT EXISTS ");
  }

  private String index(String condition) {
    String name = condition + keyIndex(storage).name().quoted();
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
