package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.Collection;

/** How a retracted row is recognised among stored ones: by its image, never by {@code =} (P9). */
class RowMatch {

  /** True when both rows look the same. */
  String same(String left, String right, Collection<Identifier> columns) {
    return "record_image_eq("
        + StorageRows.row(left, columns)
        + ", "
        + StorageRows.row(right, columns)
        + ")";
  }
}
