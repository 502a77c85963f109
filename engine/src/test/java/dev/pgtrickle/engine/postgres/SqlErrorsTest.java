package dev.pgtrickle.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.error.ErrorCode;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What an error of PostgreSQL means, by its SQLSTATE and routine; never by its text. */
class SqlErrorsTest {

  /** P5: what passes by itself is tried again; a table is never stopped by it. */
  @ParameterizedTest
  @CsvSource({
    "40001, ExecUpdate,            SERIALIZATION_CONFLICT",
    "40P01, DeadLockReport,        SERIALIZATION_CONFLICT",
    "55P03, ProcSleep,             LOCK_TIMEOUT",
    "XX000, simple_heap_update,    OBJECT_CHANGED",
    "XX000, simple_heap_delete,    OBJECT_CHANGED",
    "XX000, relation_open,         OBJECT_CHANGED",
    "XX000, try_relation_open,     OBJECT_CHANGED",
    "XX000, index_open,            OBJECT_CHANGED",
    "42P01, parserOpenTable,       OBJECT_CHANGED",
    "42703, errorMissingColumn,    OBJECT_CHANGED",
    "42883, ParseFuncOrColumn,     OBJECT_CHANGED",
    "0A000, RevalidateCachedQuery, OBJECT_CHANGED",
    "PT001, exec_stmt_raise,       OBJECT_CHANGED",
    "PT002, exec_stmt_raise,       OBJECT_CHANGED",
    "57014, ProcessInterrupts,     TIMEOUT",
    "25P03, ProcessInterrupts,     TIMEOUT",
    "25P04, ProcessInterrupts,     TIMEOUT",
    "57P01, ProcessInterrupts,     DATABASE_UNAVAILABLE",
    "57P03, ProcessStartupPacket,  DATABASE_UNAVAILABLE",
    "08006, pqReadData,            DATABASE_UNAVAILABLE",
    "3D000, InitPostgres,          DATABASE_UNAVAILABLE",
    "25006, PreventCommandIfReadOnly, DATABASE_UNAVAILABLE",
    "53200, AllocSetAlloc,         RESOURCE_LIMIT",
    "53100, mdextend,              RESOURCE_LIMIT",
    "53300, InitProcess,           RESOURCE_LIMIT"
  })
  void these_pass_by_themselves(String state, String routine, ErrorCode code) {
    assertThat(SqlErrors.classify(raised(state, routine))).isEqualTo(code);
    assertThat(code.kind()).isEqualTo(ErrorCode.Kind.TRANSIENT);
  }

  @ParameterizedTest
  @CsvSource({
    "42501, aclcheck_error,        PERMISSION_DENIED",
    "28P01, auth_failed,           AUTHENTICATION_FAILED",
    "2BP01, reportDependentObjects, DEPENDANTS_EXIST",
    "22012, int4div,               QUERY_FAILED",
    "23514, ExecConstraints,       QUERY_FAILED",
    "23505, _bt_check_unique,      QUERY_FAILED",
    "21000, ExecSubPlan,           QUERY_FAILED",
    "P0001, exec_stmt_raise,       QUERY_FAILED",
    "42601, scanner_yyerror,       PARSE_ERROR",
    "0A000, transformStmt,         UNSUPPORTED",
    "XX000, ExecEvalExpr,          INTERNAL"
  })
  void these_do_not(String state, String routine, ErrorCode code) {
    assertThat(SqlErrors.classify(raised(state, routine))).isEqualTo(code);
    assertThat(code.kind()).isNotEqualTo(ErrorCode.Kind.TRANSIENT);
  }

  @Test
  void no_answer_at_all_is_a_lost_connection() {
    assertThat(SqlErrors.classify(new SQLException("closed", (String) null)))
        .isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
  }

  /** In the words of some other language, which would mislead who reads them. */
  private static SQLException raised(String state, String routine) {
    return new PSQLException(
        new ServerErrorMessage(
            "SFEHLER\0VERROR\0C" + state + "\0Mcould not serialize access\0R" + routine + "\0"));
  }
}
