package dev.pgtrickle.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cnpg.connection.ConnectionRequest;
import dev.pgtrickle.engine.postgres.QualifiedName;
import org.junit.jupiter.api.Test;

class TableSeatsTest {
  private static final QualifiedName TOTALS = QualifiedName.of("public", "totals");
  private static final QualifiedName OTHER = QualifiedName.of("public", "other");
  private final TableSeats seats = new TableSeats();
  private final TableId first = new TableId("shop", "first");
  private final TableId second = new TableId("shop", "second");

  @Test
  void thoseWhoQuarrelAboutARelationAreAllKnown() {
    seats.take(first, seat(TOTALS, "app"));
    seats.take(second, seat(TOTALS, "app"));
    assertThat(seats.tablesOf(TOTALS)).containsExactly(first, second);
    seats.leave(first);
    assertThat(seats.tablesOf(TOTALS)).containsExactly(second);
    seats.leave(second);
    assertThat(seats.tablesOf(TOTALS)).isEmpty();
    assertThat(seats.isEmpty()).isTrue();
    assertThat(seats.leave(second)).isFalse();
  }

  @Test
  void whoTakesAnotherRelationLeavesTheFirst() {
    seats.take(first, seat(TOTALS, "app"));
    seats.take(first, seat(OTHER, "app"));
    assertThat(seats.tablesOf(TOTALS)).isEmpty();
    assertThat(seats.tablesOf(OTHER)).containsExactly(first);
  }

  @Test
  void theFirstLoginCountsAsLongAsSomebodyAsksForIt() {
    assertThat(seats.take(first, seat(TOTALS, "app"))).isEmpty();
    assertThat(seats.take(second, seat(OTHER, "strong"))).map(Login::secret).contains("app");
    assertThat(seats.login()).map(Login::secret).contains("app");
    seats.leave(first);
    assertThat(seats.take(second, seat(OTHER, "strong"))).isEmpty();
    assertThat(seats.login()).map(Login::secret).contains("strong");
  }

  private static TableSeats.Seat seat(QualifiedName relation, String secret) {
    return new TableSeats.Seat(relation, new ConnectionRequest.ToServer("shop", secret, "app"));
  }
}
