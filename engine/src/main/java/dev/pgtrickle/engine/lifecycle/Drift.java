package dev.pgtrickle.engine.lifecycle;

/** An object of ours that is not as we left it. */
public record Drift(Kind kind, String message) {

  /** The words of the Drifted condition. */
  public enum Kind {
    RELATION_MISSING("RelationMissing"),
    COLUMNS_CHANGED("ColumnsChanged"),
    CAPTURE_MISSING("CaptureMissing"),
    ROWS_MODIFIED("RowsModified"),
    GRANTS_CHANGED("GrantsChanged"),
    INDEX_MISSING("IndexMissing");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
