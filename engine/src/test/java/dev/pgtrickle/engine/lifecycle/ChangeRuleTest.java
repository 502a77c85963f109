package dev.pgtrickle.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.AdoptionPolicy;
import dev.pgtrickle.engine.definition.DriftPolicy;
import dev.pgtrickle.engine.definition.Policies;
import dev.pgtrickle.engine.definition.QueryChangePolicy;
import dev.pgtrickle.engine.lifecycle.ChangeRule.Verdict;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether another query may take effect. */
class ChangeRuleTest {

  @ParameterizedTest
  @CsvSource({
    "same,    same,  APPLY,          '',    ACCEPT",
    "same,    same,  REJECT,         '',    ACCEPT",
    "present, other, APPLY,          '',    ACCEPT",
    "present, other, AWAIT_APPROVAL, '',    AWAIT_APPROVAL",
    "present, other, AWAIT_APPROVAL, other, ACCEPT",
    "present, other, AWAIT_APPROVAL, older, AWAIT_APPROVAL",
    "present, other, REJECT,         '',    REJECT",
    "present, other, REJECT,         other, ACCEPT",
  })
  void policy_and_approval_decide(
      String present, String wanted, QueryChangePolicy policy, String approved, Verdict verdict) {
    Policies policies =
        new Policies(
            AdoptionPolicy.NEVER,
            policy,
            approved.isEmpty() ? List.of() : List.of(approved),
            DriftPolicy.REPAIR);
    assertThat(new ChangeRule().decide(present, wanted, policies)).isEqualTo(verdict);
  }
}
