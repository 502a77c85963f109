package dev.pgtrickle.engine.postgres;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The pieces of SQL text that need care: literals and lists of identifiers. Together with {@link
 * Identifier} the only place that quotes.
 */
public final class SqlText {
  private SqlText() {}

  /** A string literal that is safe whatever standard_conforming_strings says. */
  public static String literal(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a literal has no NUL character");
    }
    String doubled = value.replace("'", "''");
    return value.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : "E'" + doubled.replace("\\", "\\\\") + "'";
  }

  /** {@code "a", "b"}. */
  public static String identifiers(Collection<Identifier> names) {
    return names.stream().map(Identifier::quoted).collect(Collectors.joining(", "));
  }

  /** {@code "s"."a", "s"."b"}. */
  public static String names(Collection<QualifiedName> names) {
    return names.stream().map(QualifiedName::quoted).collect(Collectors.joining(", "));
  }

  /** A dollar-quoted body whose delimiter does not occur in it. */
  public static String dollarQuoted(String body) {
    String tag = "$body$";
    for (int attempt = 1; body.contains(tag); attempt++) {
      tag = "$body" + attempt + "$";
    }
    return tag + body + tag;
  }
}
