package dev.pgtrickle.engine.postgres;

import java.util.Objects;

/**
 * Where a database is and who we are there. The password is never printed.
 *
 * @param url a jdbc:postgresql:// URL without credentials
 */
public record ConnectionTarget(String url, String user, String password) {
  private static final String PREFIX = "jdbc:postgresql://";

  public ConnectionTarget {
    Objects.requireNonNull(user);
    Objects.requireNonNull(password);
    if (!url.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a URL begins with " + PREFIX);
    }
  }

  /** Without parameters, which only the driver understands, and without the password. */
  @Override
  public String toString() {
    int parameters = url.indexOf('?');
    return (parameters < 0 ? url : url.substring(0, parameters)) + " as " + user;
  }
}
