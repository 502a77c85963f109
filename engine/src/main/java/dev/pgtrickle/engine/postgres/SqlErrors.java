package dev.pgtrickle.engine.postgres;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What an error of PostgreSQL means for us. SQLSTATE decides, and for internal errors the routine
 * that raised them; never the text of a message, which is translated (lc_messages).
 */
public final class SqlErrors {
  private SqlErrors() {}

  /** The typed error for a failure while we were {@code doing} something. */
  public static TrickleException translate(SQLException failure, String doing) {
    String state = failure.getSQLState();
    ErrorCode code = classify(failure);
    return TrickleException.of(
            code, "while " + doing + ", PostgreSQL said: " + message(failure), remedy(code))
        .causedBy(state, failure);
  }

  /** The code of a failure, from its SQLSTATE and routine. */
  public static ErrorCode classify(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null) {
      return ErrorCode.DATABASE_UNAVAILABLE;
    }
    return switch (state) {
      case "40001", "40P01" -> ErrorCode.SERIALIZATION_CONFLICT;
      case "55P03" -> ErrorCode.LOCK_TIMEOUT;
      case "57014", "25P03", "25P04" -> ErrorCode.TIMEOUT;
      case "42501" -> ErrorCode.PERMISSION_DENIED;
      // Raised by our own checks: a function was replaced, or more changes came than were read.
      case "PT001", "PT002", "42P01", "42703", "42883", "42704", "3F000", "26000" ->
          ErrorCode.OBJECT_CHANGED;
      case "3D000" -> ErrorCode.DATABASE_UNAVAILABLE;
      case "2BP01" -> ErrorCode.DEPENDANTS_EXIST;
      case "XX000" -> internal(failure);
      case "0A000" ->
          raisedBy(failure, "RevalidateCachedQuery")
              ? ErrorCode.OBJECT_CHANGED
              : ErrorCode.UNSUPPORTED;
      default -> classifyClass(state);
    };
  }

  /** The name of the violated constraint, if the failure is about one. */
  public static Optional<String> constraint(SQLException failure) {
    return serverMessage(failure).map(ServerErrorMessage::getConstraint);
  }

  /** The detail line, which may name a key; empty where there is none. */
  public static Optional<String> detail(SQLException failure) {
    return serverMessage(failure).map(ServerErrorMessage::getDetail);
  }

  /** Zero-based offset into the statement, where PostgreSQL points at a place. */
  public static Optional<Integer> offset(SQLException failure) {
    return serverMessage(failure)
        .map(ServerErrorMessage::getPosition)
        .filter(position -> position > 0)
        .map(position -> position - 1);
  }

  /** PostgreSQL's own primary message, for people only. */
  public static String message(SQLException failure) {
    return serverMessage(failure)
        .map(ServerErrorMessage::getMessage)
        .orElse(String.valueOf(failure.getMessage()));
  }

  private static ErrorCode classifyClass(String state) {
    return switch (state.length() < 2 ? state : state.substring(0, 2)) {
      case "08", "57" -> ErrorCode.DATABASE_UNAVAILABLE;
      case "28" -> ErrorCode.AUTHENTICATION_FAILED;
      case "53", "54" -> ErrorCode.RESOURCE_LIMIT;
      case "25" -> ErrorCode.DATABASE_UNAVAILABLE;
      case "58" -> ErrorCode.RESOURCE_LIMIT;
      case "21", "22", "23", "38", "39", "P0" -> ErrorCode.QUERY_FAILED;
      case "42" -> ErrorCode.PARSE_ERROR;
      default -> ErrorCode.INTERNAL;
    };
  }

  /** Two internal errors only say that somebody changed the same object at the same time. */
  private static ErrorCode internal(SQLException failure) {
    return raisedBy(
            failure,
            "simple_heap_update",
            "simple_heap_delete",
            "relation_open",
            "relation_openrv",
            "try_relation_open",
            "index_open")
        ? ErrorCode.OBJECT_CHANGED
        : ErrorCode.INTERNAL;
  }

  private static boolean raisedBy(SQLException failure, String... routines) {
    String routine = serverMessage(failure).map(ServerErrorMessage::getRoutine).orElse("");
    for (String candidate : routines) {
      if (candidate.equals(routine)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<ServerErrorMessage> serverMessage(SQLException failure) {
    return failure instanceof PSQLException server
        ? Optional.ofNullable(server.getServerErrorMessage())
        : Optional.empty();
  }

  private static String remedy(ErrorCode code) {
    return switch (code) {
      case SERIALIZATION_CONFLICT, LOCK_TIMEOUT, OBJECT_CHANGED -> "it is tried again by itself";
      case TIMEOUT ->
          "raise limits.refreshTimeout, or look in pg_stat_activity for what the statement waits for";
      case DATABASE_UNAVAILABLE ->
          "check that the server runs and accepts connections at that address; it is tried again";
      case AUTHENTICATION_FAILED -> "check the user, the password and pg_hba.conf";
      case PERMISSION_DENIED -> "grant the right that the message names to the engine's role";
      case DEPENDANTS_EXIST -> "drop the objects that the message names first";
      case RESOURCE_LIMIT -> "look at the server's disk, memory and connection limits";
      case QUERY_FAILED -> "the query fails on the present data: change the query or the rows";
      default -> "see docs/errors.md, code " + code.word();
    };
  }
}
