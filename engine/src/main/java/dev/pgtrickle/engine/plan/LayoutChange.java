package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From one layout of a storage table to another, in place (P8): columns come and go without a
 * rewrite, so that whoever reads the old rows reads on. Only what readers see binds us: those
 * columns stay as they are, and others come after them.
 */
public final class LayoutChange {
  private final StorageLayout before;
  private final StorageLayout after;
  private final List<String> viewColumns;

  /**
   * @param viewColumns the columns that readers see now
   */
  public LayoutChange(StorageLayout before, StorageLayout after, List<String> viewColumns) {
    this.before = before;
    this.after = after;
    this.viewColumns = List.copyOf(viewColumns);
  }

  /** Why it is not possible in place, a sentence a column; empty = it is. */
  public List<String> obstacles() {
    List<String> obstacles = new ArrayList<>();
    List<StorageColumn> visible = after.visible();
    for (int index = 0; index < viewColumns.size(); index++) {
      Identifier name = Identifier.of(viewColumns.get(index));
      Optional<StorageColumn> wanted =
          visible.stream().filter(column -> column.name().equals(name)).findFirst();
      if (wanted.isEmpty()) {
        obstacles.add("column " + name + " is gone" + replacement(visible, index));
      } else if (!sameData(before.column(name).orElseThrow(), wanted.get())) {
        obstacles.add(
            "column %s was %s and would be %s"
                .formatted(name, typeOf(before.column(name).orElseThrow()), typeOf(wanted.get())));
      } else if (visible.indexOf(wanted.get()) != index) {
        obstacles.add("column " + name + " is not at place " + (index + 1) + " any more");
      }
    }
    return List.copyOf(obstacles);
  }

  /** What stands where the column was, since a rename looks like a removal. */
  private String replacement(List<StorageColumn> visible, int index) {
    return index < visible.size() && !viewColumns.contains(visible.get(index).name().name())
        ? ", " + visible.get(index).name() + " stands in its place"
        : "";
  }

  /** Whether the old rows can be compared with the new ones by the key of the new query. */
  public boolean keepsKey() {
    return before.key().equals(after.key())
        && !(after.isKeyless() && !before.visibleNames().equals(after.visibleNames()));
  }

  /** Statements that each touch the catalog only; they need the storage for themselves. */
  public List<String> statements(QualifiedName storage) {
    List<String> statements = new ArrayList<>();
    String alter = "ALTER TABLE " + storage.quoted() + " ";
    if (!before.multiplicity().equals(after.multiplicity()) && before.multiplicity().isPresent()) {
      statements.add(alter + "DROP CONSTRAINT IF EXISTS " + StorageDdl.MULTIPLICITY.quoted());
    }
    if (!keepsKey()) {
      statements.add("DROP INDEX IF EXISTS " + StorageDdl.keyIndex(storage).quoted());
    }
    for (StorageColumn column : before.columns()) {
      Optional<StorageColumn> kept = kept(column);
      if (kept.isEmpty()) {
        statements.add(alter + "DROP COLUMN " + column.name().quoted());
      } else if (column.nullability() == StorageColumn.Nullability.NOT_NULL
          && kept.get().nullability() == StorageColumn.Nullability.NULLABLE) {
        statements.add(alter + "ALTER COLUMN " + column.name().quoted() + " DROP NOT NULL");
      }
    }
    for (StorageColumn column : added()) {
      // Not NOT NULL: the rows that are there have no value yet, and to prove it later would lock.
      statements.add(alter + "ADD COLUMN " + StorageDdl.typed(column));
    }
    if (!before.multiplicity().equals(after.multiplicity())) {
      after
          .multiplicity()
          .ifPresent(condition ->
              // Not validated: it binds what is written from now on, and needs no scan.
              statements.add(
                  alter
                      + "ADD CONSTRAINT "
                      + StorageDdl.MULTIPLICITY.quoted()
                      + " CHECK ("
                      + condition
                      + ") NOT VALID"));
    }
    return List.copyOf(statements);
  }

  /** Whether what is kept beside the storage has another form: then it is thrown away. */
  public boolean replacesKept() {
    return !before.kept().equals(after.kept());
  }

  /** The columns that were not there. */
  public List<StorageColumn> added() {
    return after.columns().stream()
        .filter(
            column -> before.column(column.name()).filter(old -> sameData(old, column)).isEmpty())
        .toList();
  }

  private Optional<StorageColumn> kept(StorageColumn column) {
    return after.column(column.name()).filter(wanted -> sameData(column, wanted));
  }

  private static boolean sameData(StorageColumn one, StorageColumn other) {
    return one.type().equals(other.type()) && one.collation().equals(other.collation());
  }

  private static String typeOf(StorageColumn column) {
    return column.type() + (column.collation().isEmpty() ? "" : " COLLATE " + column.collation());
  }
}
