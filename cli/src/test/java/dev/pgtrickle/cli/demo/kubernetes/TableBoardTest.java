package dev.pgtrickle.cli.demo.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.run.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableBoardTest {
  private static final String HEADING = "NAME     READY   STATUS         LAG    LAST-REFRESH   AGE";

  private final StringWriter out = new StringWriter();

  @Test
  void inAFileARowIsSaidWhenItChangesAndNotWhenItOnlyAges() {
    TableBoard board = board(Terminal.Screen.PLAIN);
    board.show(
        List.of(
            HEADING,
            "orders   False   Initializing                         1s",
            "sales    True    Serving        <=1s   1s             1s"));
    board.show(
        List.of(
            HEADING,
            "orders   False   Initializing                         3s",
            "sales    True    Serving        <=1s   3s             3s"));
    board.show(
        List.of(
            HEADING,
            "orders   True    Serving        <=1s   1s             5s",
            "sales    True    Serving        <=1s   5s             5s"));
    assertThat(out.toString().lines())
        .containsExactly(
            HEADING,
            "orders   False   Initializing                         1s",
            "sales    True    Serving        <=1s   1s             1s",
            "orders   True    Serving        <=1s   1s             5s");
  }

  @Test
  void inAFileOtherColumnsHaveAHeadingOfTheirOwn() {
    TableBoard board = board(Terminal.Screen.PLAIN);
    board.show(List.of("NAME   AGE", "a      1s"));
    board.show(List.of("NAME       AGE", "a          2s", "sales-by   0s"));
    assertThat(out.toString().lines())
        .containsExactly("NAME   AGE", "a      1s", "NAME       AGE", "sales-by   0s");
  }

  @Test
  void inAFileWhatIsGoneIsSaidOnce() {
    TableBoard board = board(Terminal.Screen.PLAIN);
    board.show(List.of("NAME   AGE", "a      1s"));
    board.show(List.of("No resources found in default namespace."));
    board.show(List.of("No resources found in default namespace."));
    assertThat(out.toString().lines()).containsExactly("NAME   AGE", "a      1s", "a is gone");
  }

  @Test
  void onAScreenTheTableIsWrittenOverAndNeverWraps() {
    TableBoard board = board(Terminal.Screen.INTERACTIVE);
    board.show(List.of("NAME   READY", "a      False"));
    board.show(List.of("NAME   READY", "a      True"));
    assertThat(out.toString())
        .isEqualTo("NAME   REA\na      Fal\n\033[2F\033[JNAME   REA\na      Tru\n");
  }

  private TableBoard board(Terminal.Screen screen) {
    PrintWriter writer = new PrintWriter(out);
    return new TableBoard(new Terminal(writer, writer, screen), () -> 10);
  }
}
