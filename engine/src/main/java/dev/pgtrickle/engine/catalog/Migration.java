package dev.pgtrickle.engine.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One numbered step of our schema. A step that was released is never edited: the next one corrects
 * it.
 */
record Migration(int version, String name) {

  /** All steps, in order. */
  static List<Migration> all() {
    return List.of(new Migration(1, "catalog"));
  }

  String sql() {
    String resource = "V" + version + "__" + name + ".sql";
    try (InputStream stream = Migration.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks " + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
