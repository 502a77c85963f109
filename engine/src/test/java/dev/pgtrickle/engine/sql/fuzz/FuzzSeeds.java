package dev.pgtrickle.engine.sql.fuzz;

import dev.pgtrickle.testbed.questions.Questions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The queries of the suites, as texts to begin with, and the key words they are made of. */
final class FuzzSeeds {
  private static final Path RESOURCES = Path.of("src", "test", "resources");

  private static final String WORDS =
      "SELECT FROM WHERE AND NOT IN ANY ALL CASE WHEN THEN ELSE END ARRAY UNION EXCEPT INTERSECT"
          + " WITH RECURSIVE MATERIALIZED AS OVER PARTITION GROUP BY ORDER LIMIT OFFSET FETCH FIRST"
          + " ROWS TIES ONLY COALESCE JSON_TABLE COLUMNS NESTED PATH EXISTS VALUES IS NULL DISTINCT"
          + " ON ROW LATERAL JOIN LEFT FULL USING EXTRACT SUBSTRING TRIM POSITION OVERLAY XMLTABLE"
          + " PASSING GROUPING SETS ROLLUP CUBE WINDOW RANGE GROUPS BETWEEN UNBOUNDED PRECEDING"
          + " FOLLOWING EXCLUDE FILTER WITHIN ORDINALITY TABLESAMPLE COLLATE BETWEEN SEARCH CYCLE"
          + " JSON_ARRAYAGG JSON_OBJECTAGG :: => ->> OPERATOR( \" ' $$ -- /*";

  private FuzzSeeds() {}

  static List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(RESOURCES.resolve("corpus").resolve("queries"))) {
      for (Path file : files.sorted().toList()) {
        texts.add(Files.readString(file).strip().replaceFirst(";$", ""));
      }
    }
    Questions.tpch().forEach(question -> texts.add(question.sql()));
    Questions.nexmark().forEach(question -> texts.add(question.sql()));
    return texts;
  }

  /** One file a text, for the fuzzer to begin with. */
  static void write(Path directory) throws IOException {
    int number = 0;
    for (String text : texts()) {
      number++;
      Files.writeString(directory.resolve("seed-" + number), text);
    }
  }

  /** The words as a dictionary of libFuzzer. */
  static void writeWords(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String word : WORDS.split(" ", -1)) {
      lines.add("\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }
    Files.write(file, lines);
  }
}
