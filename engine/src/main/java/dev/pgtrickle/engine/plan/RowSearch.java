package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.postgres.QualifiedName;

/** How the stored rows of changed keys are found; there is an index of the key. */
enum RowSearch {
  /**
   * Each by the index. Of few rows the planner knows a bound and no more: where the storage is not
   * much larger than that bound it would read all of it, in order, for a handful of keys.
   */
  KEY_BY_KEY {
    @Override
    String join(QualifiedName storage, String condition) {
      return """
      LEFT JOIN LATERAL (
        SELECT stored.ctid AS "ctid", stored.*
        FROM %s AS stored
        WHERE %s
        OFFSET 0
      ) AS stored ON true\
      """
          .formatted(storage.quoted(), condition);
    }
  },

  /** As the planner likes, which knows how many changes there are. */
  AS_PLANNED {
    @Override
    String join(QualifiedName storage, String condition) {
      return "LEFT JOIN " + storage.quoted() + " AS stored ON " + condition;
    }
  };

  /**
   * The join with the stored rows, under the alias {@code stored}.
   *
   * @param condition by which one of the aliases {@code stored} and {@code change} finds the other
   */
  abstract String join(QualifiedName storage, String condition);
}
