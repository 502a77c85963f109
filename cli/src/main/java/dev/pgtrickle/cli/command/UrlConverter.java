package dev.pgtrickle.cli.command;

import dev.pgtrickle.binding.connection.PostgresUrl;
import dev.pgtrickle.engine.error.TrickleException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads --pg. Its errors never repeat the text, which may hold a password. */
public final class UrlConverter implements ITypeConverter<PostgresUrl> {

  @Override
  public PostgresUrl convert(String text) {
    try {
      return PostgresUrl.parse(text);
    } catch (TrickleException refused) {
      throw new TypeConversionException(refused.what() + ": " + refused.remedy());
    }
  }
}
