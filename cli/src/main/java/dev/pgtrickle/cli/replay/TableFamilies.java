package dev.pgtrickle.cli.replay;

import dev.pgtrickle.testbed.cases.CaseStatement;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which tables have to do with each other: by foreign keys, or by inheritance. A statement that
 * names nothing but tables, and none of a family that another one names, commutes with that one.
 */
final class TableFamilies {
  private static final String TABLES =
      """
      SELECT c.oid::bigint, c.relname
      FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'\
      """;

  private static final String LINKS =
      """
      SELECT conrelid::bigint, confrelid::bigint FROM pg_constraint WHERE contype = 'f'
      UNION ALL SELECT inhrelid::bigint, inhparent::bigint FROM pg_inherits\
      """;

  /** What may read or write anything: views, functions, and tables with triggers or rules. */
  private static final String OPAQUE =
      """
      SELECT c.relname::text
      FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND (c.relkind IN ('v', 'm', 'f', 'S') OR c.relhasrules OR EXISTS (
          SELECT FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal))
      UNION ALL
      SELECT p.proname::text
      FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'\
      """;

  private static final Pattern NAME =
      Pattern.compile("'(?:[^']|'')*'|\"((?:[^\"]|\"\")+)\"|([\\p{L}_][\\p{L}\\d_$]*)");

  private final Map<String, Set<Long>> families;
  private final Set<String> opaque;

  private TableFamilies(Map<String, Set<Long>> families, Set<String> opaque) {
    this.families = families;
    this.opaque = opaque;
  }

  /** Where it does not matter. */
  static TableFamilies unknown() {
    return new TableFamilies(Map.of(), Set.of());
  }

  /** As they are in a database now. */
  static TableFamilies read(Connection connection) throws SQLException {
    SqlSession session = new SqlSession(connection);
    Map<Long, Long> heads = new HashMap<>();
    for (List<@Nullable Object> link : session.query(LINKS)) {
      heads.put(head(heads, number(link.getFirst())), head(heads, number(link.getLast())));
    }
    Map<String, Set<Long>> families = new HashMap<>();
    for (List<@Nullable Object> table : session.query(TABLES)) {
      families
          .computeIfAbsent(String.valueOf(table.getLast()), _ -> new HashSet<>())
          .add(head(heads, number(table.getFirst())));
    }
    Set<String> opaque = new HashSet<>();
    for (List<@Nullable Object> row : session.query(OPAQUE)) {
      opaque.add(String.valueOf(row.getFirst()));
    }
    return new TableFamilies(families, opaque);
  }

  private static long number(@Nullable Object value) {
    return Long.parseLong(String.valueOf(value));
  }

  private static long head(Map<Long, Long> heads, long table) {
    long head = table;
    long next = heads.getOrDefault(head, head);
    while (next != head) {
      head = next;
      next = heads.getOrDefault(head, head);
    }
    return head;
  }

  /** Whether it does not matter which of the two comes first. */
  boolean commute(CaseStatement first, CaseStatement second) {
    Set<Long> one = touched(first);
    Set<Long> other = touched(second);
    return !one.isEmpty() && !other.isEmpty() && one.stream().noneMatch(other::contains);
  }

  /** The families that are named; empty when nobody can say. */
  private Set<Long> touched(CaseStatement statement) {
    Set<Long> touched = new HashSet<>();
    Matcher name = NAME.matcher(statement.text());
    while (name.find()) {
      String word =
          name.group(1) != null
              ? name.group(1).replace("\"\"", "\"")
              : name.group(2) == null ? "" : name.group(2).toLowerCase(Locale.ROOT);
      if (opaque.contains(word)) {
        return Set.of();
      }
      touched.addAll(families.getOrDefault(word, Set.of()));
    }
    return touched;
  }
}
