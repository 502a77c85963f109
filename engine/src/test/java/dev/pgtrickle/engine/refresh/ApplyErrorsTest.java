package dev.pgtrickle.engine.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** P5 and P7: what the apply step's own violations of constraints mean. */
class ApplyErrorsTest {
  private static final QualifiedName RELATION = QualifiedName.of("public", "totals");

  @Test
  void a_key_of_ours_that_another_commit_has_written_passes_by_itself() {
    assertThat(meaning("23505", "storage_1_key")).isEqualTo(ErrorCode.SERIALIZATION_CONFLICT);
    assertThat(ErrorCode.SERIALIZATION_CONFLICT.kind()).isEqualTo(ErrorCode.Kind.TRANSIENT);
  }

  @Test
  void a_row_that_is_not_there_is_a_defect_of_ours() {
    assertThat(meaning("23514", "multiplicity_is_positive"))
        .isEqualTo(ErrorCode.NEGATIVE_MULTIPLICITY);
    assertThat(ErrorCode.NEGATIVE_MULTIPLICITY.kind()).isEqualTo(ErrorCode.Kind.BUG);
  }

  @Test
  void a_check_of_the_users_is_about_his_rows() {
    assertThat(meaning("23514", "amount_check")).isEqualTo(ErrorCode.QUERY_FAILED);
  }

  private static ErrorCode meaning(String state, String constraint) {
    SQLException raised =
        new PSQLException(
            new ServerErrorMessage(
                "SERROR\0VERROR\0C" + state + "\0Mviolated\0n" + constraint + "\0"));
    return ApplyErrors.translate(raised, RELATION).code();
  }
}
