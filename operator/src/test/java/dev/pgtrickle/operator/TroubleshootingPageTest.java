package dev.pgtrickle.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.crds.EventReason;
import dev.pgtrickle.crds.Word;
import dev.pgtrickle.crds.oneshot.OneShotReason;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicyReason;
import dev.pgtrickle.crds.streamtable.StreamTableReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A user who meets a word in a status or an event finds it in the documentation. */
class TroubleshootingPageTest {

  @Test
  void everyReasonOfAStreamTableHasARow() throws IOException {
    assertThat(rows("## Reasons of a StreamTable")).isEqualTo(words(StreamTableReason.values()));
  }

  @Test
  void everyReasonOfTheOtherKindsHasARow() throws IOException {
    Set<String> wanted = words(OneShotReason.values());
    wanted.addAll(words(SchedulePolicyReason.values()));
    assertThat(rows("## Reasons of Snapshots")).isEqualTo(wanted);
  }

  @Test
  void everyEventHasARow() throws IOException {
    assertThat(rows("## Events")).isEqualTo(words(EventReason.values()));
  }

  private static Set<String> words(Enum<?>[] constants) {
    return Arrays.stream(constants)
        .map(constant -> Word.of(constant.name()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The first cells of the table under a heading; a row without cause and remedy is none. */
  private static Set<String> rows(String heading) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "troubleshooting.md"));
    int begin = page.indexOf(heading);
    assertThat(begin).as(heading).isPositive();
    int end = page.indexOf("\n## ", begin + 1);
    try (Stream<String> lines = page.substring(begin, end < 0 ? page.length() : end).lines()) {
      return lines
          .filter(line -> line.startsWith("| `"))
          .peek(line ->
              assertThat(line.split("\\|", -1))
                  .as(line)
                  .allSatisfy(cell -> assertThat(cell).isNotNull())
                  .hasSizeGreaterThanOrEqualTo(5))
          .map(line -> line.substring(3, line.indexOf('`', 3)))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
