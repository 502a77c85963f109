package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.QualifiedName;

/**
 * Before a retired buffer is truncated: no row may be left that somebody has not consumed. Valid
 * only under an ACCESS EXCLUSIVE lock, under which no uncommitted row can exist.
 */
public class TruncateCheck {

  /**
   * A scalar query that says whether the buffer may be emptied.
   *
   * @param removable condition on a row called {@code kept}
   */
  String holds(QualifiedName buffer, String removable) {
    return "SELECT NOT EXISTS (SELECT FROM %s AS kept WHERE NOT (%s))"
        .formatted(buffer.quoted(), removable);
  }
}
