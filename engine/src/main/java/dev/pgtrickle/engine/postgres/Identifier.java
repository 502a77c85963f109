package dev.pgtrickle.engine.postgres;

import java.nio.charset.StandardCharsets;

/**
 * One SQL identifier. The only place of the engine that quotes one.
 *
 * <p>PostgreSQL silently truncates names above 63 bytes, so that two different names could become
 * one: such a name never becomes an Identifier.
 */
public record Identifier(String name) implements Comparable<Identifier> {
  private static final int MAXIMUM_BYTES = 63;

  public Identifier {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an identifier has at least one character");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAXIMUM_BYTES) {
      throw new IllegalArgumentException(
          "identifier is longer than " + MAXIMUM_BYTES + " bytes: " + name);
    }
    if (name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("an identifier has no NUL character");
    }
  }

  public static Identifier of(String name) {
    return new Identifier(name);
  }

  /** The identifier as it stands in SQL, always in double quotes. */
  public String quoted() {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public int compareTo(Identifier other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
