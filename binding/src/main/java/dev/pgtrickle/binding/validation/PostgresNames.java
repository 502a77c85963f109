package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import java.nio.charset.StandardCharsets;

/** What PostgreSQL can call something without cutting the name off. */
final class PostgresNames {
  private static final int MAXIMUM_BYTES = 63;

  private PostgresNames() {}

  /** Whether the name is usable; says why not where it is not. */
  static boolean check(FieldPath path, String name, Problems problems) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0) {
      problems.invalid(path, "the name is empty", "write a name or remove the field");
    } else if (bytes > MAXIMUM_BYTES) {
      problems.invalid(
          path,
          "a PostgreSQL name has at most 63 bytes, this one has " + bytes,
          "choose a shorter name");
    } else if (name.chars().anyMatch(character -> character < 0x20 || character == 0x7f)) {
      problems.invalid(
          path, "a PostgreSQL name must not contain control characters", "remove them");
    } else {
      return true;
    }
    return false;
  }
}
