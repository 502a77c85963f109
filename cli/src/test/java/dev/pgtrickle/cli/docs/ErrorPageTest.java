package dev.pgtrickle.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorPageTest {

  @Test
  void everyCodeHasARowThatSaysWhoActs() throws IOException {
    List<String> documented =
        Files.readString(Path.of("..", "docs", "errors.md"))
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> {
              String[] cells = line.split("\\|", -1);
              return cells[1].strip().replace("`", "") + " " + cells[2].strip();
            })
            .toList();
    assertThat(documented)
        .containsExactlyElementsOf(
            Arrays.stream(ErrorCode.values())
                .map(code -> code.word() + " " + actor(code.kind()))
                .toList());
  }

  private static String actor(ErrorCode.Kind kind) {
    return switch (kind) {
      case USER -> "you";
      case TRANSIENT -> "nobody";
      case BUG -> "us";
    };
  }
}
