package dev.pgtrickle.engine.sql.oracle;

import dev.pgtrickle.testbed.cases.CaseFileWriter;
import dev.pgtrickle.testbed.cases.CaseScript;
import dev.pgtrickle.testbed.cases.CaseStatement;
import dev.pgtrickle.testbed.cases.SqlCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A difference, made as small as a few attempts can, in a file that {@code trickle replay} runs.
 */
record FailedCase(Path file, String text) {
  private static final int MOST_ATTEMPTS = 60;

  static FailedCase of(ChangedTables changed, ChangedTables.Found found, List<List<String>> changes)
      throws IOException {
    Attempts attempts = new Attempts(changed);
    GeneratedTable table = found.table();
    List<List<String>> batches = new ArrayList<>(changes.subList(0, found.batch()));
    if (attempts.differs(table, batches)) {
      batches = attempts.fewer(batches, candidate -> attempts.differs(found.table(), candidate));
      batches = attempts.smaller(table, batches);
      table = attempts.simpler(table, batches);
    }
    SqlCase written = asCase(changed.schema(), table, batches);
    Path file =
        Files.createDirectories(Path.of("target", "failed-cases")).resolve(table.name() + ".sql");
    String text = new CaseFileWriter().text(written);
    Files.writeString(file, text);
    return new FailedCase(file.toAbsolutePath(), text);
  }

  private static SqlCase asCase(String schema, GeneratedTable table, List<List<String>> batches) {
    CaseStatement ddl = new CaseStatement(schema.strip().replaceFirst(";$", ""), 0);
    List<List<CaseStatement>> dml = new ArrayList<>();
    for (List<String> batch : batches) {
      dml.add(batch.stream().map(statement -> new CaseStatement(statement, 0)).toList());
    }
    // One more part: a single batch is one as well.
    dml.add(List.of());
    return new SqlCase(
        table.name(),
        Path.of(""),
        new CaseScript(List.of(List.of(ddl))),
        table.query(),
        0,
        new CaseScript(dml));
  }

  /** Attempts are dear: each is a database and an engine of its own. */
  private static final class Attempts {
    private final ChangedTables changed;
    private int made;

    Attempts(ChangedTables changed) {
      this.changed = changed;
    }

    boolean differs(GeneratedTable table, List<List<String>> batches) {
      if (made == MOST_ATTEMPTS) {
        return false;
      }
      made++;
      try {
        return changed.run(List.of(table), batches).found().isPresent();
      } catch (SQLException | RuntimeException unusable) {
        return false;
      }
    }

    /** Without what is not needed, larger pieces first. */
    <T> List<T> fewer(List<T> all, Predicate<List<T>> fails) {
      List<T> best = new ArrayList<>(all);
      for (int length = Math.max(1, best.size() / 2); length >= 1; length /= 2) {
        for (int start = 0; start + length <= best.size(); ) {
          List<T> shorter = new ArrayList<>(best.subList(0, start));
          shorter.addAll(best.subList(start + length, best.size()));
          if (fails.test(shorter)) {
            best = shorter;
          } else {
            start += length;
          }
        }
      }
      return best;
    }

    List<List<String>> smaller(GeneratedTable table, List<List<String>> batches) {
      List<List<String>> best = new ArrayList<>(batches);
      for (int index = 0; index < best.size(); index++) {
        int place = index;
        List<List<String>> current = List.copyOf(best);
        best.set(
            index,
            fewer(
                best.get(index),
                candidate -> {
                  List<List<String>> tried = new ArrayList<>(current);
                  tried.set(place, candidate);
                  return differs(table, tried);
                }));
      }
      return best;
    }

    GeneratedTable simpler(GeneratedTable table, List<List<String>> batches) {
      List<Integer> choices =
          new Shrinking(
                  candidate -> differs(GeneratedTable.repeated(table.name(), candidate), batches))
              .shrink(table.choices());
      return GeneratedTable.repeated(table.name(), choices);
    }
  }
}
