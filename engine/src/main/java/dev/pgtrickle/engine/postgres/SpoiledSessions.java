package dev.pgtrickle.engine.postgres;

import com.zaxxer.hikari.SQLExceptionOverride;
import dev.pgtrickle.engine.error.ErrorCode;
import java.sql.SQLException;

/**
 * Which errors spoil a session. The pool would throw it away when PostgreSQL does not support a
 * query, in the middle of the transaction that has to be rolled back, and the user would be told of
 * a closed connection. It is thrown away where a prepared statement has gone stale.
 */
final class SpoiledSessions implements SQLExceptionOverride {

  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    return SqlErrors.classify(failure) == ErrorCode.UNSUPPORTED
        ? Override.DO_NOT_EVICT
        : Override.CONTINUE_EVICT;
  }
}
