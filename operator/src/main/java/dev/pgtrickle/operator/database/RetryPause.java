package dev.pgtrickle.operator.database;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait before a database is tried again: short where the server may be back at any
 * moment, long where every attempt costs somebody something.
 */
record RetryPause(Instant until, Duration length) {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST_FOR_A_SERVER = Duration.ofSeconds(2);
  private static final Duration LONGEST_FOR_A_SECRET = Duration.ofSeconds(10);
  private static final Duration LONGEST_FOR_A_PERSON = Duration.ofSeconds(60);

  static RetryPause none() {
    return new RetryPause(Instant.EPOCH, Duration.ZERO);
  }

  boolean isOver(Instant now) {
    return !until.isAfter(now);
  }

  RetryPause after(DatabaseTrouble trouble, Instant now) {
    Duration longest =
        switch (trouble.kind()) {
          case UNREACHABLE -> LONGEST_FOR_A_SERVER;
          case SECRET_NOT_FOUND,
              SECRET_NOT_OFFERED,
              SECRET_UNUSABLE,
              TLS_VERIFICATION_FAILED,
              AUTHENTICATION_FAILED,
              NOT_ALLOWED ->
              LONGEST_FOR_A_SECRET;
          case OWNED_ELSEWHERE, PERMISSION_DENIED, CONFLICT -> LONGEST_FOR_A_PERSON;
        };
    Duration next = length.isZero() ? FIRST : length.multipliedBy(2);
    Duration chosen = next.compareTo(longest) < 0 ? next : longest;
    return new RetryPause(now.plus(chosen), chosen);
  }
}
