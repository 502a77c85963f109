package dev.pgtrickle.engine.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Told of every session that we open, so that it can be recorded (P13). */
@FunctionalInterface
public interface NewSessionListener {

  void opened(Connection connection) throws SQLException;

  /** For sessions that need no record. */
  static NewSessionListener none() {
    return connection -> {};
  }
}
