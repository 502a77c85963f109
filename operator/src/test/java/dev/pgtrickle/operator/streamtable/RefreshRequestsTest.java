package dev.pgtrickle.operator.streamtable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.crds.streamtable.RefreshRequestStatus;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefreshRequestsTest {
  private static final String FIRST = "2026-11-21T10:00:00Z";
  private static final String SECOND = "2026-11-21T11:00:00Z/full";
  private static final Relay NOTHING = new Relay.Nothing();

  private final RefreshRequests requests = new RefreshRequests();

  @Test
  void whatWasReadBeforeTheEngineWasToldTakesNothingBack() {
    RefreshRequestStatus told =
        requests.status(
            new Relay.Accepted(wish(SECOND).orElseThrow()),
            report(FIRST, "Succeeded"),
            said(FIRST, "Succeeded"));
    assertThat(told).isEqualTo(new RefreshRequestStatus(SECOND, "Accepted", "Full", null, null));
    assertThat(requests.status(NOTHING, report(FIRST, "Succeeded"), Optional.of(told)))
        .as("a reading that began before")
        .isEqualTo(told);
    assertThat(requests.status(NOTHING, report(SECOND, "Succeeded"), Optional.of(told)))
        .isEqualTo(new RefreshRequestStatus(SECOND, "Succeeded", null, null, null));
  }

  @Test
  void aNewerRequestOfTheEngineIsShown() {
    assertThat(requests.status(NOTHING, report(SECOND, "Running"), said(FIRST, "Succeeded")))
        .isEqualTo(new RefreshRequestStatus(SECOND, "Running", null, null, null));
    assertThat(requests.status(NOTHING, report("by-sql-17", "Running"), said(FIRST, "Succeeded")))
        .as("a token of somebody who asked by SQL")
        .isEqualTo(new RefreshRequestStatus("by-sql-17", "Running", null, null, null));
  }

  @Test
  void whereNothingIsKnownItStaysAsItWas() {
    assertThat(requests.status(NOTHING, Optional.empty(), said(FIRST, "Succeeded")))
        .isEqualTo(said(FIRST, "Succeeded").orElseThrow());
    assertThat(requests.status(NOTHING, Optional.of(Reports.active()), Optional.empty())).isNull();
  }

  @Test
  void aRequestIsPassedOnOnce() {
    assertThat(requests.due(wish(SECOND), Optional.empty(), Optional.empty())).isPresent();
    assertThat(requests.due(wish(SECOND), said(FIRST, "Succeeded"), report(FIRST, "Succeeded")))
        .isPresent();
    assertThat(requests.due(wish(SECOND), said(SECOND, "Accepted"), report(SECOND, "Running")))
        .isEmpty();
    assertThat(requests.due(wish(FIRST), said(SECOND, "Succeeded"), Optional.empty())).isEmpty();
    assertThat(requests.due(Optional.empty(), said(FIRST, "Accepted"), Optional.empty())).isEmpty();
  }

  /** The row of a request may be lost with a primary that had not sent it on. */
  @Test
  void whatTheEngineDoesNotShowIsToldAgain() {
    assertThat(requests.due(wish(SECOND), said(SECOND, "Accepted"), report(FIRST, "Succeeded")))
        .isPresent();
    assertThat(requests.due(wish(SECOND), said(SECOND, "Running"), Optional.of(Reports.active())))
        .isPresent();
    assertThat(requests.due(wish(SECOND), said(SECOND, "Accepted"), Optional.empty()))
        .as("nothing was read yet")
        .isEmpty();
    assertThat(requests.due(wish(SECOND), said(SECOND, "Succeeded"), Optional.of(Reports.active())))
        .as("it was performed; its row is kept for a week only")
        .isEmpty();
  }

  private static Optional<RefreshWish> wish(String token) {
    return RefreshWish.parse(token);
  }

  private static Optional<RefreshRequestStatus> said(String token, String state) {
    return Optional.of(new RefreshRequestStatus(token, state, null, null, null));
  }

  private static Optional<StreamTableReport> report(String token, String state) {
    return Optional.of(
        Reports.requested(
            new StreamTableReport.Request(token, state, Optional.empty(), Optional.empty(), "")));
  }
}
