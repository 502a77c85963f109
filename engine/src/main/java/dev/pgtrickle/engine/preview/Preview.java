package dev.pgtrickle.engine.preview;

import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.List;

/** What this build would do with a stream table. */
public sealed interface Preview {

  QualifiedName relation();

  /**
   * It would be kept current.
   *
   * @param mode how, for the table as a whole
   * @param planClass the class of its dearest operator
   * @param keys sets of columns in which no two rows agree; an empty set = there is at most one row
   * @param warnings what will be dear, in words
   * @param findings what others know of the query
   * @param lineage where the values of its columns come from
   * @param statements what would be run; empty unless it was asked for
   */
  record Accepted(
      QualifiedName relation,
      Mode mode,
      String planClass,
      String reason,
      String canonicalQuery,
      List<Source> sources,
      List<Operator> operators,
      List<List<String>> keys,
      List<String> warnings,
      List<String> findings,
      List<Lineage> lineage,
      List<GeneratedStatement> statements)
      implements Preview {}

  /** It would be refused. */
  record Refused(QualifiedName relation, TrickleException reason) implements Preview {}

  /** How rows are kept current. */
  enum Mode {
    DIFFERENTIAL("Differential"),
    FULL("Full");

    private final String word;

    Mode(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /**
   * A table whose changes would be captured.
   *
   * @param columns those that are read
   * @param capture by what means
   */
  record Source(QualifiedName name, List<String> columns, String capture) {}

  /**
   * A node of the plan.
   *
   * @param mode what this build does
   * @param planClass what is possible
   */
  record Operator(String operator, Mode mode, String planClass, String reason) {}

  /**
   * A column of the result.
   *
   * @param origins columns of sources whose values go into it; none if it is computed from none
   */
  record Lineage(String column, List<String> origins) {}

  /** A statement and what it is for. */
  record GeneratedStatement(String purpose, String sql) {}
}
