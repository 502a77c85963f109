package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.engine.storage.UserIndexes;
import java.sql.SQLException;

/** What an error of trip 2 means; only there a violation of a key of ours is another's commit. */
final class ApplyErrors {
  private static final String MULTIPLICITY_CONSTRAINT = "multiplicity_is_positive";
  private static final String CHECK_VIOLATION = "23514";
  private static final String UNIQUE_VIOLATION = "23505";

  private ApplyErrors() {}

  static TrickleException translate(SQLException failure, QualifiedName relation) {
    String state = failure.getSQLState();
    if (CHECK_VIOLATION.equals(state)
        && SqlErrors.constraint(failure).filter(MULTIPLICITY_CONSTRAINT::equals).isPresent()) {
      return TrickleException.of(
              ErrorCode.NEGATIVE_MULTIPLICITY,
              "a delta takes more rows out of %s than it holds: %s"
                  .formatted(relation, SqlErrors.detail(failure).orElse("no detail")),
              "this is a defect of pgtrickle: please report it;"
                  + " trickle refresh %s --mode full puts the table right".formatted(relation))
          .causedBy(state, failure);
    }
    if (UserIndexes.isNotUnique(failure)) {
      return UserIndexes.notUnique(failure, relation);
    }
    if (UNIQUE_VIOLATION.equals(state)) {
      return TrickleException.of(
              ErrorCode.SERIALIZATION_CONFLICT,
              "a row of %s appeared twice: %s"
                  .formatted(relation, SqlErrors.detail(failure).orElse("no detail")),
              "it is tried again by itself")
          .causedBy(state, failure);
    }
    return SqlErrors.translate(failure, "refreshing " + relation);
  }
}
