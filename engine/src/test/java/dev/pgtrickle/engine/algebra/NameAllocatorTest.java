package dev.pgtrickle.engine.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.postgres.Identifier;
import org.junit.jupiter.api.Test;

class NameAllocatorTest {

  @Test
  void namesAreUnique() {
    NameAllocator names = new NameAllocator();
    assertThat(names.allocate("sum")).isEqualTo(Identifier.of("sum"));
    assertThat(names.allocate("sum")).isEqualTo(Identifier.of("sum_2"));
    assertThat(names.allocate("sum")).isEqualTo(Identifier.of("sum_3"));
  }

  @Test
  void hiddenNamesAreNeverGiven() {
    assertThat(new NameAllocator().allocate("__count").name()).doesNotStartWith("__");
  }

  @Test
  void longNamesStayNames() {
    NameAllocator names = new NameAllocator();
    String wish = "ä".repeat(31);
    assertThat(names.allocate(wish)).isNotEqualTo(names.allocate(wish));
  }
}
