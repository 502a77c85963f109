package dev.pgtrickle.engine.relations;

/**
 * Whether every value of a type fits into an index entry (a third of a page), with as many others
 * as an index has columns. A group key that does not fit would stop its table for ever.
 */
public enum IndexWidth {
  BOUNDED,
  UNBOUNDED;

  private static final long NUMERIC = 1700;
  private static final int SHORT_PRECISION = 100;

  public static IndexWidth of(ColumnType type) {
    return type.facts().length() == Length.FIXED || isShortNumeric(type) ? BOUNDED : UNBOUNDED;
  }

  private static boolean isShortNumeric(ColumnType type) {
    return type.facts().baseOid() == NUMERIC
        && type.modifier() >= 0
        && (type.modifier() >> 16) <= SHORT_PRECISION;
  }
}
