package dev.pgtrickle.engine.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error as a user meets it: a stable code, what happened, where, and what to do about it. Never
 * carries a secret.
 */
public final class TrickleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String what;
  private final String remedy;
  private final @Nullable String where;
  private final @Nullable String excerpt;
  private final @Nullable String sqlState;

  private TrickleException(
      ErrorCode code,
      String what,
      @Nullable String where,
      @Nullable String excerpt,
      String remedy,
      @Nullable String sqlState,
      @Nullable Throwable cause) {
    super(code.word() + ": " + what + (where == null ? "" : " (" + where + ")"), cause);
    this.code = code;
    this.what = what;
    this.where = where;
    this.excerpt = excerpt;
    this.remedy = remedy;
    this.sqlState = sqlState;
  }

  public static TrickleException of(ErrorCode code, String what, String remedy) {
    return new TrickleException(code, what, null, null, remedy, null, null);
  }

  /** The same error, with the place it is about, for example {@code "line 2, column 8"}. */
  public TrickleException at(String place) {
    return new TrickleException(code, what, place, excerpt, remedy, sqlState, getCause());
  }

  /** The same error, with the text at its place and a caret below it. */
  public TrickleException showing(String lines) {
    return new TrickleException(code, what, where, lines, remedy, sqlState, getCause());
  }

  /** The same error, with the SQLSTATE that PostgreSQL reported and the exception behind it. */
  public TrickleException causedBy(@Nullable String state, Throwable cause) {
    return new TrickleException(code, what, where, excerpt, remedy, state, cause);
  }

  public ErrorCode code() {
    return code;
  }

  /** What happened, in one sentence. */
  public String what() {
    return what;
  }

  public Optional<String> where() {
    return Optional.ofNullable(where);
  }

  /** The line that it is about with a caret below the place, where that is known. */
  public Optional<String> excerpt() {
    return Optional.ofNullable(excerpt);
  }

  /** What the reader should do now. */
  public String remedy() {
    return remedy;
  }

  public Optional<String> sqlState() {
    return Optional.ofNullable(sqlState);
  }

  /** One line for a terminal: code, what, where, remedy. */
  public String oneLine() {
    return (getMessage() + " - " + remedy).replaceAll("\\s*\\R\\s*", " ");
  }
}
