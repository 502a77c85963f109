package dev.pgtrickle.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private final StringWriter err = new StringWriter();
  private final Terminal terminal =
      new Terminal(new PrintWriter(err), new PrintWriter(err), Terminal.Screen.PLAIN);
  private final AtomicInteger tries = new AtomicInteger();

  @Test
  void whatPassesByItselfIsTriedAgainAndToldOnce() {
    String result =
        Patience.endless(terminal)
            .insist(() -> {
              if (tries.incrementAndGet() < 3) {
                throw failure(ErrorCode.DATABASE_UNAVAILABLE);
              }
              return "done";
            });
    assertThat(result).isEqualTo("done");
    assertThat(err.toString().lines())
        .containsExactly("DatabaseUnavailable: away - wait; trying again");
  }

  @Test
  void whatAPersonMustChangeIsNotTriedAgain() {
    assertThatThrownBy(() -> insistOn(Patience.endless(terminal), ErrorCode.PERMISSION_DENIED))
        .isInstanceOf(TrickleException.class);
    assertThat(tries).hasValue(1);
  }

  @Test
  void patienceEnds() {
    Patience patience = new Patience(Duration.ofMillis(700), terminal);
    assertThatThrownBy(() -> insistOn(patience, ErrorCode.LOCK_TIMEOUT))
        .isInstanceOf(TrickleException.class);
    assertThat(tries).hasValue(2);
  }

  @Test
  void whoeverIsAskedToStopStopsWaiting() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> insistOn(Patience.endless(terminal), ErrorCode.DATABASE_UNAVAILABLE))
        .hasMessageContaining("stopped while waiting");
    assertThat(Thread.interrupted()).isTrue();
  }

  private void insistOn(Patience patience, ErrorCode code) {
    patience.insist(() -> {
      tries.incrementAndGet();
      throw failure(code);
    });
  }

  private static TrickleException failure(ErrorCode code) {
    return TrickleException.of(code, "away", "wait");
  }
}
