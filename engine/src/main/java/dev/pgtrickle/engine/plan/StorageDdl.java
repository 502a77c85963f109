package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements that create a storage table, or one beside it. */
final class StorageDdl {
  /** The constraint whose violation is a negative multiplicity. */
  static final Identifier MULTIPLICITY = Identifier.of("multiplicity_is_positive");

  private final List<StorageColumn> columns;
  private final StorageKey key;
  private final QualifiedName table;

  StorageDdl(MaintenancePlan plan, QualifiedName storage) {
    this(plan.columns(), plan.key(), storage);
  }

  StorageDdl(List<StorageColumn> columns, StorageKey key, QualifiedName table) {
    this.columns = columns;
    this.key = key;
    this.table = table;
  }

  List<String> statements() {
    return List.of(createTable(), index());
  }

  private String createTable() {
    List<String> parts = new ArrayList<>();
    for (StorageColumn column : columns) {
      parts.add(
          typed(column)
              + (column.nullability() == StorageColumn.Nullability.NOT_NULL ? " NOT NULL" : ""));
    }
    Optional<String> multiplicity = StorageLayout.of(columns, key).multiplicity();
    multiplicity.ifPresent(condition ->
        parts.add("CONSTRAINT " + MULTIPLICITY.quoted() + " CHECK (" + condition + ")"));
    // Rows of an aggregate are updated in place again and again: leave room for that on each page.
    return "CREATE TABLE "
        + table.quoted()
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
    String name = condition + keyIndex(table).name().quoted();
    String on = " ON " + table.quoted();
    return switch (key) {
      case StorageKey.NotNullKey notNull ->
          "CREATE UNIQUE INDEX " + name + on + " (" + SqlText.identifiers(notNull.columns()) + ")";
      case StorageKey.NullableKey nullable ->
          "CREATE INDEX " + name + on + " (" + nullable.hashColumn().quoted() + ")";
      case StorageKey.Keyless keyless ->
          "CREATE INDEX " + name + on + " (" + keyless.hashColumn().quoted() + ")";
      case StorageKey.SingleRow _ -> "CREATE UNIQUE INDEX " + name + on + " ((true))";
    };
  }
}
