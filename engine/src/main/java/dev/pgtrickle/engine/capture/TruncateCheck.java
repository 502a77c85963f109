package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.QualifiedName;

/**
 * Before a retired buffer is truncated: no row may be left that somebody has not consumed. Valid
 * only under an ACCESS EXCLUSIVE lock, under which no uncommitted row can exist.
 */
public class TruncateCheck {

  /** A condition that holds when the buffer may be emptied. */
  String holds(QualifiedName buffer, String removable) {
    return "NOT EXISTS (SELECT FROM %s AS kept WHERE NOT (%s))"
        .formatted(buffer.quoted(), removable);
  }
}
