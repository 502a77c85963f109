package dev.pgtrickle.testbed.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A session for many short questions: a test that waits for something asks a hundred times, and a
 * session for each would cost more than what is tested. One that was taken away is opened anew, and
 * whoever asks while another question waits for its answer gets a session of its own.
 */
final class LastingSession implements AutoCloseable {
  private static final int SECONDS_TO_LIVE = 1;

  private final String url;
  private final ReentrantLock use = new ReentrantLock();
  private @Nullable Connection connection;

  /** The tables change their shape in between, which prepared statements would not survive. */
  LastingSession(String url) {
    this.url = url + "&prepareThreshold=0";
  }

  <A> A ask(Question<A> question) throws SQLException {
    if (!use.tryLock()) {
      try (Connection another = DriverManager.getConnection(url)) {
        return question.ask(new SqlSession(another));
      }
    }
    try {
      return askHere(question);
    } finally {
      use.unlock();
    }
  }

  private <A> A askHere(Question<A> question) throws SQLException {
    boolean fresh = connection == null;
    Connection open = open();
    try {
      return question.ask(new SqlSession(open));
    } catch (SQLException failure) {
      if (open.isValid(SECONDS_TO_LIVE)) {
        throw failure;
      }
      close();
      if (fresh) {
        throw failure;
      }
      return question.ask(new SqlSession(open()));
    }
  }

  private Connection open() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = DriverManager.getConnection(url);
      connection = open;
    }
    return open;
  }

  @Override
  public void close() throws SQLException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  /** What is asked. */
  interface Question<A> {
    A ask(SqlSession session) throws SQLException;
  }
}
