package dev.pgtrickle.testbed.questions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** The queries of two benchmarks, in their dialect of PostgreSQL. */
public final class Questions {
  private static final List<Integer> NEXMARK =
      List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 14, 15, 17, 18, 19, 20, 21, 22);
  private static final int TPCH = 22;

  private Questions() {}

  /** The 22 questions of TPC-H. */
  public static List<Question> tpch() {
    return IntStream.rangeClosed(1, TPCH).mapToObj(number -> read("tpch", number)).toList();
  }

  /** Those queries of Nexmark that ask for a relation and not for a stream. */
  public static List<Question> nexmark() {
    return NEXMARK.stream().map(number -> read("nexmark", number)).toList();
  }

  private static Question read(String suite, int number) {
    String name = "q%02d".formatted(number);
    String resource = suite + "/" + name + ".sql";
    try (InputStream stream = Questions.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Question(name, text.replaceFirst(";$", ""));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
