package dev.pgtrickle.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.binding.ServerReference;
import dev.pgtrickle.cnpg.connection.ConnectionRequest;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.EngineEvent;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two resources want one relation: what it does is the owner's news alone. */
class ReportBoardTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final QualifiedName RELATION = QualifiedName.of("public", "order_totals");
  private static final TableId WINNER = new TableId("shop", "winner");
  private static final TableId LOSER = new TableId("shop", "loser");

  private final TableSeats seats = new TableSeats();
  private final Heard heard = new Heard();
  private final ReportBoard board =
      new ReportBoard(
          new DatabaseKey(new ServerReference.Secret("shop", "pg"), "app"), seats, heard);

  @BeforeEach
  void bothWantIt() {
    for (TableId table : List.of(WINNER, LOSER)) {
      seats.take(
          table,
          new TableSeats.Seat(RELATION, new ConnectionRequest.ToServer("shop", "pg", "app")));
    }
  }

  @Test
  void onlyTheOwnerHasFigures() {
    board.show(List.of(ownedBy(WINNER)), NOW);
    assertThat(heard.lines)
        .contains("read winner", "changed winner")
        .contains("changed loser")
        .doesNotContain("read loser");
  }

  @Test
  void onlyTheOwnerHasNews() {
    board.show(List.of(ownedBy(WINNER)), NOW);
    board.pass(new EngineEvent.Remedied(RELATION, "a gap was closed"));
    assertThat(heard.lines).contains("told winner").doesNotContain("told loser");
  }

  @Test
  void whatIsHeardBeforeTheFirstReadingReachesTheOwnerAfterIt() {
    board.pass(new EngineEvent.Remedied(RELATION, "a gap was closed"));
    assertThat(heard.lines).isEmpty();
    board.show(List.of(ownedBy(WINNER)), NOW);
    assertThat(heard.lines).containsOnlyOnce("told winner").doesNotContain("told loser");
    board.show(List.of(ownedBy(WINNER)), NOW.plusSeconds(1));
    assertThat(heard.lines).containsOnlyOnce("told winner");
  }

  @Test
  void whoHandsItOverHasNoFiguresAnyMore() {
    board.show(List.of(ownedBy(WINNER)), NOW);
    board.show(List.of(ownedBy(LOSER)), NOW.plusSeconds(1));
    assertThat(heard.lines).containsOnlyOnce("left winner").containsOnlyOnce("read loser");
    board.pass(new EngineEvent.Remedied(RELATION, "a gap was closed"));
    assertThat(heard.lines).contains("told loser").doesNotContain("told winner");
  }

  @Test
  void whatIsGoneIsNobodysAndEverybodyLooks() {
    board.show(List.of(ownedBy(WINNER)), NOW);
    heard.lines.clear();
    board.show(List.of(), NOW.plusSeconds(1));
    assertThat(heard.lines).containsExactlyInAnyOrder("changed winner", "changed loser");
    board.pass(new EngineEvent.Remedied(RELATION, "a gap was closed"));
    board.show(List.of(), NOW.plusSeconds(2));
    assertThat(heard.lines).noneMatch(line -> line.startsWith("told"));
  }

  private static StreamTableReport ownedBy(TableId owner) {
    return new StreamTableReport(
        RELATION,
        "active",
        "Differential",
        "algebraic",
        "",
        "every 30s",
        List.of("public.orders"),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        0,
        Optional.empty(),
        0,
        Optional.empty(),
        List.of(),
        new StreamTableReport.Life(
            new Origin("k", owner.namespace(), owner.name(), "uid-" + owner.name()),
            true,
            "3fa9c1d20b77",
            List.of(),
            Optional.empty(),
            Optional.empty()));
  }

  private static final class Heard implements DatabaseListener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void changed(TableId table) {
      lines.add("changed " + table.name());
    }

    @Override
    public void told(DatabaseKey database, TableId table, EngineEvent event) {
      lines.add("told " + table.name());
    }

    @Override
    public void read(DatabaseKey database, TableId table, StreamTableReport report) {
      lines.add("read " + table.name());
    }

    @Override
    public void left(DatabaseKey database, TableId table) {
      lines.add("left " + table.name());
    }
  }
}
