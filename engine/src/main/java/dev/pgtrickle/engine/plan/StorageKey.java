package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/** How the rows of a storage table are told apart, decided by what the algebra can prove. */
public sealed interface StorageKey {

  /** Unique columns that are never NULL: matched by plain {@code =} on a unique index. */
  record NotNullKey(List<Identifier> columns) implements StorageKey {
    /** As many columns as PostgreSQL allows an index. */
    static final int MOST_COLUMNS = 32;
  }

  /**
   * Unique, but NULL can occur or a value may be too long for an index entry: found by {@code =} on
   * a hidden hash column (indexed), then rechecked with IS NOT DISTINCT FROM.
   */
  record NullableKey(List<Identifier> columns, Identifier hashColumn) implements StorageKey {}

  /** No key: physical duplicates, found by the hidden hash column, rechecked by image. */
  record Keyless(Identifier hashColumn) implements StorageKey {}

  /** Exactly one row, always: an aggregate without GROUP BY. */
  record SingleRow() implements StorageKey {}
}
