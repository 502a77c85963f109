package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.catalog.RefreshRequest;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestLineTest {
  private final RequestLine line = new RequestLine();

  @Test
  void a_request_that_is_read_again_stands_once() {
    assertThat(line.add(request(1))).isTrue();
    assertThat(line.add(request(1))).isFalse();
    assertThat(line.next()).contains(request(1));
    line.keepOnly(Set.of(1L));
    assertThat(line.add(request(1))).as("still open, and under way").isFalse();
    assertThat(line.next()).isEmpty();
  }

  @Test
  void what_is_put_back_comes_before_what_came_later() {
    line.add(request(1));
    line.add(request(2));
    line.next();
    line.putBack(request(1));
    assertThat(line.next()).contains(request(1));
    assertThat(line.next()).contains(request(2));
  }

  @Test
  void a_lost_answer_is_read_again() {
    line.add(request(1));
    line.next();
    line.forget(request(1));
    assertThat(line.add(request(1))).isTrue();
  }

  @Test
  void nothing_is_remembered_of_what_is_over() {
    for (long id = 1; id <= 10_000; id++) {
      line.keepOnly(Set.of(id));
      line.add(request(id));
      line.next();
    }
    assertThat(line.remembered()).isEqualTo(1);
    line.keepOnly(Set.of());
    assertThat(line.remembered()).isZero();
  }

  private static RefreshRequest request(long id) {
    return new RefreshRequest(id, 7, Optional.empty());
  }
}
