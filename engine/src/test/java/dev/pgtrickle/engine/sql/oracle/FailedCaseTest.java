package dev.pgtrickle.engine.sql.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.capture.CaptureRules;
import dev.pgtrickle.engine.capture.CaptureSettings;
import dev.pgtrickle.engine.postgres.Prologue;
import dev.pgtrickle.engine.refresh.FrontierUpdate;
import dev.pgtrickle.engine.refresh.RefreshChooser;
import dev.pgtrickle.engine.runtime.EngineRules;
import dev.pgtrickle.engine.runtime.StreamTableEngines;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.cases.CaseFileReader;
import dev.pgtrickle.testbed.cases.SqlCase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A planted defect is found by random changes, and what is left of it is a small case. */
class FailedCaseTest {

  /** Half of the transactions are overlooked. */
  private static final class Forgetful extends WindowPredicate {
    @Override
    public String newRows(String oldest, String snapshot) {
      return super.newRows(oldest, snapshot) + " AND xid::text::numeric % 2 = 0";
    }
  }

  private static EngineRules forgetful() {
    return new EngineRules(
        new Prologue(),
        new RefreshChooser(),
        new FrontierUpdate(),
        new Forgetful(),
        CaptureRules.standard(),
        CaptureSettings.standard(),
        Duration.ofDays(1));
  }

  @Test
  @Tag("long")
  void aLostChangeIsFoundAndMadeSmall() throws Exception {
    ChangedTables changed =
        new ChangedTables(
            TestServers.newest(),
            ChangedTables.Over.TABLES,
            (target, options) ->
                StreamTableEngines.open(target, options, event -> {}, forgetful()));
    GeneratedTable table = narrow();
    List<List<String>> batches =
        List.of(
            List.of("UPDATE t1 SET s = NULL WHERE i = 1", "DELETE FROM t2 WHERE id > 3"),
            List.of("DELETE FROM t0", "INSERT INTO t1 (id, i) VALUES (500, 1), (500, 1)"),
            List.of("DELETE FROM t1 WHERE id % 2 = 0", "TRUNCATE t2"),
            List.of("INSERT INTO t0 (id, i) VALUES (700, 2)", "DELETE FROM t1", "DELETE FROM t2"));
    ChangedTables.Run run = changed.run(List.of(table), batches);
    assertThat(run.differential()).isEqualTo(1);
    FailedCase failed = FailedCase.of(changed, run.found().orElseThrow(), batches);
    SqlCase read = new CaseFileReader().read(failed.file()).getFirst();
    assertThat(read.dml().batches()).hasSizeLessThanOrEqualTo(2);
    assertThat(read.query().length()).isLessThanOrEqualTo(table.query().length());
    assertThat(read.ddl().statements()).hasSizeGreaterThan(10);
  }

  private static GeneratedTable narrow() {
    for (long seed = 0; ; seed++) {
      GeneratedTable table = GeneratedTable.random(seed);
      if (table.isNarrow()
          && table.query().matches("SELECT count\\(\\*\\) AS c0 FROM t[012] AS r0")) {
        return table;
      }
    }
  }
}
