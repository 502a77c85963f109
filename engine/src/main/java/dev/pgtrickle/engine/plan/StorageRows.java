package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The pieces of SQL that speak of the rows of a storage table. */
record StorageRows(QualifiedName storage, List<Identifier> columns) {
  /** The row address of a stored row, in statements of ours. */
  static final Identifier ROW = Identifier.of("__row");

  static StorageRows of(MaintenancePlan plan, QualifiedName storage) {
    return new StorageRows(storage, plan.columns().stream().map(StorageColumn::name).toList());
  }

  /** {@code alias."a", alias."b"}. */
  static String list(String alias, Collection<Identifier> names) {
    return names.stream()
        .map(name -> alias + "." + name.quoted())
        .collect(Collectors.joining(", "));
  }

  /** {@code ROW(alias."a", alias."b")}. */
  static String row(String alias, Collection<Identifier> names) {
    return "ROW(" + list(alias, names) + ")";
  }

  /** A call that fails because a row cannot be stored the number of times that comes out. */
  static String refusal(String alias, Collection<Identifier> names) {
    return "pgtrickle.refuse_multiplicity(" + row(alias, names) + "::text)";
  }

  String nothing() {
    return "SELECT 1 WHERE false";
  }

  String delete(String source, String condition) {
    return "DELETE FROM "
        + storage.quoted()
        + " AS stored\nUSING "
        + source
        + " AS change\nWHERE stored.ctid = change."
        + ROW.quoted()
        + condition
        + "\nRETURNING 1";
  }

  String update(String source, Collection<Identifier> changed, String condition) {
    String assignments =
        changed.stream()
            .map(name -> name.quoted() + " = change." + name.quoted())
            .collect(Collectors.joining(", "));
    return "UPDATE "
        + storage.quoted()
        + " AS stored\nSET "
        + assignments
        + "\nFROM "
        + source
        + " AS change\nWHERE stored.ctid = change."
        + ROW.quoted()
        + condition
        + "\nRETURNING 1";
  }

  /** Inserts rows of a source that has all the storage's columns. */
  String insert(String source, String condition) {
    return "INSERT INTO "
        + storage.quoted()
        + " ("
        + columns.stream().map(Identifier::quoted).collect(Collectors.joining(", "))
        + ")\nSELECT "
        + list("change", columns)
        + "\nFROM "
        + source
        + condition
        + "\nRETURNING 1";
  }

  /** Statistics of the table. */
  String analyse() {
    return "ANALYZE " + storage.quoted();
  }
}
