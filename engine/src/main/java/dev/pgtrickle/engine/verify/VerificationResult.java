package dev.pgtrickle.engine.verify;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.List;

/**
 * The table against its query at one snapshot, compared as multisets of images.
 *
 * @param rows rows of the table
 * @param missing rows that the query has and the table lacks
 * @param surplus rows that the table has and the query lacks
 * @param examples up to ten of them, as text, signed: {@code -} missing, {@code +} surplus
 */
public record VerificationResult(
    QualifiedName relation,
    Verdict verdict,
    long rows,
    long missing,
    long surplus,
    List<String> examples) {

  /** What the comparison says. */
  public enum Verdict {
    EXACT,
    DIFFERENT,
    NOT_POPULATED,
    /** The next refresh will be a full one; until then there is nothing exact to compare with. */
    REFRESH_DUE,
    /** The query has no one answer over the same rows: nobody can say whether the table has it. */
    NOT_COMPARABLE
  }

  /** A result without a comparison. */
  static VerificationResult without(QualifiedName relation, Verdict verdict) {
    return new VerificationResult(relation, verdict, 0, 0, 0, List.of());
  }
}
