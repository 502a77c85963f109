package dev.pgtrickle.cli.command;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code table} or {@code schema.table}. Names are taken as they are, in upper or lower case;
 * one that contains a dot is put in double quotes as in SQL.
 */
final class RelationName implements ITypeConverter<QualifiedName> {
  private static final String PART = "\"(?:[^\"]|\"\")+\"|[^\".]+";
  private static final Pattern NAME = Pattern.compile("(?:(" + PART + ")\\.)?(" + PART + ")");

  @Override
  public QualifiedName convert(String text) {
    Matcher matcher = NAME.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no table name: write table, schema.table or \"sche.ma\".\"ta.ble\"");
    }
    String schema = matcher.group(1);
    try {
      return QualifiedName.of(schema == null ? "public" : plain(schema), plain(matcher.group(2)));
    } catch (IllegalArgumentException tooLong) {
      throw new TypeConversionException("'" + text + "' is longer than a name of PostgreSQL");
    }
  }

  private static String plain(String part) {
    return part.startsWith("\"")
        ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
        : part;
  }
}
