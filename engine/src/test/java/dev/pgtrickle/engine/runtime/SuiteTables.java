package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.verify.VerificationResult;
import dev.pgtrickle.testbed.questions.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The stream tables of a suite's queries, from their creation on. */
final class SuiteTables {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Of several right answers the engine keeps one: only its own refined query tells which. */
  private static final Set<String> SEVERAL_ANSWERS = Set.of("LIMIT", "row_number", "DISTINCT ON");

  private final EngineFixture fixture;
  private final List<Question> questions;
  private final Map<String, String> modes = new TreeMap<>();
  private final Map<String, Instant> latest = new HashMap<>();
  private final Map<String, Integer> byChanges = new TreeMap<>();
  private final List<String> otherwise = new ArrayList<>();

  SuiteTables(EngineFixture fixture, List<Question> questions) {
    this.fixture = fixture;
    this.questions = questions;
  }

  /** Makes them, and tells how each is kept, a line a table. */
  String create() {
    for (Question question : questions) {
      fixture.engine().apply(fixture.manual(question.name(), question.sql()));
    }
    StringBuilder plans = new StringBuilder();
    for (Question question : questions) {
      StreamTableReport report =
          fixture.engine().await(fixture.relation(question.name()), PATIENCE);
      modes.put(question.name(), report.mode());
      report.lastRefresh().ifPresent(load -> latest.put(question.name(), load.finishedAt()));
      plans.append(
          "%s %s, %s: %s\n"
              .formatted(question.name(), report.mode(), report.planClass(), report.reason()));
    }
    return plans.toString();
  }

  /** Refreshes and compares all. */
  void refresh(String occasion) throws Exception {
    for (Question question : questions) {
      RefreshReport report = fixture.refresh(question.name(), PATIENCE);
      if (!report.finishedAt().equals(latest.put(question.name(), report.finishedAt()))) {
        count(question.name(), report);
      }
    }
    compare(occasion);
  }

  private void count(String name, RefreshReport report) {
    if (report.mode().equals("Differential")) {
      byChanges.merge(name, 1, Integer::sum);
    } else if ("Differential".equals(modes.get(name))) {
      otherwise.add("%s: %s, %s".formatted(name, report.mode(), report.reason()));
    }
  }

  /** With the query as the engine refined it, and where that cannot matter, as it was asked. */
  void compare(String occasion) throws Exception {
    for (Question question : questions) {
      VerificationResult result = fixture.engine().verify(fixture.relation(question.name()));
      assertThat(result.verdict())
          .as("%s: %s after %s", question.name(), result.examples(), occasion)
          .isEqualTo(VerificationResult.Verdict.EXACT);
      if (SEVERAL_ANSWERS.stream().noneMatch(question.sql()::contains)) {
        assertThat(fixture.differences(question.name(), question.sql()))
            .as("%s after %s", question.name(), occasion)
            .isZero();
      }
    }
  }

  /** Differential tables never took the way of a full refresh, and most of the time had to move. */
  void assertKeptAsPlanned(int cycles) {
    assertThat(otherwise).as("differential tables that were computed again").isEmpty();
    modes.forEach((name, mode) -> {
      if (mode.equals("Differential")) {
        assertThat(byChanges.getOrDefault(name, 0))
            .as("refreshes of %s by changes, in %d cycles", name, cycles)
            .isGreaterThan(cycles / 3);
      }
    });
  }
}
