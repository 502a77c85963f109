package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.BoundStatement;
import dev.pgtrickle.engine.postgres.LockPlan;
import dev.pgtrickle.engine.postgres.OpenSnapshot;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SnapshotPart;
import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The simplest stream table: a copy of some columns of one table, kept by the rules of the
 * protocol. Its rows live in the test, its frontier in the registry.
 */
final class ToyConsumer {
  private final CaptureFixture fixture;
  private final CaptureRules rules;
  private final QualifiedName table;
  private final List<Integer> attributeNumbers;
  private final List<String> columns;
  private final long version;
  private final long source;
  private Map<String, Integer> rows = new TreeMap<>();

  /** How a refresh went. */
  enum Mode {
    DIFFERENTIAL,
    FULL
  }

  private ToyConsumer(
      CaptureFixture fixture,
      CaptureRules rules,
      String table,
      List<Integer> attributeNumbers,
      List<String> columns,
      long version,
      long source) {
    this.fixture = fixture;
    this.rules = rules;
    this.table = QualifiedName.of("public", table);
    this.attributeNumbers = attributeNumbers;
    this.columns = columns;
    this.version = version;
    this.source = source;
  }

  /** Captures and pins, but does not load yet. */
  static ToyConsumer pinned(
      CaptureFixture fixture, CaptureRules rules, String table, Map<Integer, String> columns)
      throws SQLException {
    long source =
        fixture.ensure(fixture.capture(rules), table, columns.keySet().toArray(Integer[]::new));
    return on(fixture, rules, table, columns, source);
  }

  /** Pins on a source that is captured already. */
  static ToyConsumer on(
      CaptureFixture fixture,
      CaptureRules rules,
      String table,
      Map<Integer, String> columns,
      long source)
      throws SQLException {
    long version = fixture.version();
    fixture.pin(version, source);
    return new ToyConsumer(
        fixture,
        rules,
        table,
        List.copyOf(new TreeSet<>(columns.keySet())),
        List.copyOf(new TreeMap<>(columns).values()),
        version,
        source);
  }

  /** Captures, pins and loads. */
  static ToyConsumer loaded(
      CaptureFixture fixture, CaptureRules rules, String table, Map<Integer, String> columns)
      throws SQLException {
    ToyConsumer consumer = pinned(fixture, rules, table, columns);
    consumer.load();
    return consumer;
  }

  long version() {
    return version;
  }

  long source() {
    return source;
  }

  List<String> rows() {
    List<String> lines = new ArrayList<>();
    rows.forEach((line, count) -> {
      for (int copy = 0; copy < Math.abs(count); copy++) {
        lines.add(count < 0 ? "MINUS " + line : line);
      }
    });
    return lines;
  }

  /** What the query says now. */
  List<String> truth() throws SQLException {
    try (Connection connection = fixture.database().connect()) {
      return lines(full(connection));
    }
  }

  void load() {
    loadWhile(() -> {});
  }

  /** What happens between the snapshot of a load and its commit. */
  interface Meanwhile {
    void run() throws SQLException;
  }

  /** A load that takes its time. */
  void loadWhile(Meanwhile meanwhile) {
    SourceStates.Expected expected = expected();
    SourceLook look =
        SourceLook.of(
            List.of(new SourceStates.Reader(version, List.of(expected))),
            CaptureFixture.COUNTED,
            rules,
            new WindowPredicate());
    fixture
        .transactions()
        .inSnapshot(
            locks(expected.window()),
            look.first(),
            (seen, snapshot) -> {
              List<SourceState> states = look.settled(seen, snapshot);
              Map<String, Integer> loaded = full(snapshot.connection());
              meanwhile.run();
              commit(snapshot, states.getFirst());
              rows = loaded;
              return true;
            });
  }

  /** One refresh as the protocol wants it: repair a gap first, prove, then differential or full. */
  Mode refresh() {
    SourceState seen = state();
    if (!seen.gap().isEmpty()) {
      fixture.capture(rules).repair(source);
    }
    return refreshWithoutRepair();
  }

  /** What a careless engine would do about a gap: nothing. */
  Mode refreshWithoutRepair() {
    SourceStates.Expected expected = expected();
    SourceLook look =
        SourceLook.of(
            List.of(new SourceStates.Reader(version, List.of(expected))),
            CaptureFixture.COUNTED,
            rules,
            new WindowPredicate());
    return fixture
        .transactions()
        .inSnapshot(
            locks(expected.window()),
            look.first(),
            (seen, snapshot) -> {
              SourceState state = look.settled(seen, snapshot).getFirst();
              boolean differential =
                  state.complete()
                      && !state.markers().reset()
                      && !state.rewritten()
                      && state.difference().isEmpty();
              Map<String, Integer> next =
                  differential
                      ? applied(delta(snapshot.connection(), expected.window(), state))
                      : full(snapshot.connection());
              commit(snapshot, state);
              rows = next;
              return differential ? Mode.DIFFERENTIAL : Mode.FULL;
            });
  }

  SourceState state() {
    return fixture.state(version, expected(), rules);
  }

  /** The frontier of an archive comes back, with the rows of that time. */
  Archive archive() throws SQLException {
    String snapshot =
        fixture
            .database()
            .queryText(
                "SELECT snapshot::text FROM pgtrickle.frontier WHERE version_id = " + version);
    return new Archive(String.valueOf(snapshot), new TreeMap<>(rows));
  }

  void restore(Archive archive) throws SQLException {
    fixture
        .database()
        .execute(
            "UPDATE pgtrickle.frontier SET snapshot = '%s' WHERE version_id = %d"
                .formatted(archive.snapshot(), version));
    rows = new TreeMap<>(archive.rows());
  }

  void unpin() throws SQLException {
    fixture
        .database()
        .execute("UPDATE pgtrickle.frontier SET pinned = false WHERE version_id = " + version);
  }

  record Archive(String snapshot, Map<String, Integer> rows) {}

  private SourceStates.Expected expected() {
    return fixture.expected(source, attributeNumbers.toArray(Integer[]::new));
  }

  private static LockPlan locks(ChangeWindow window) {
    return new LockPlan(Duration.ofMillis(400), List.of(), window.buffers(), List.of());
  }

  private void commit(OpenSnapshot snapshot, SourceState state) throws SQLException {
    snapshot.commit(
        List.of(
            SnapshotPart.reported(
                BoundStatement.of(
                    """
                    UPDATE pgtrickle.frontier
                    SET snapshot = pg_current_snapshot(), fingerprint = '%s', filenode = %d,
                      catalog_trace = %d
                    WHERE version_id = %d RETURNING 1\
                    """
                        .formatted(
                            state.presentFingerprint().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(",", "{", "}")),
                            state.presentFilenode(),
                            state.presentTrace(),
                            version)),
                row -> row.next())));
  }

  private Map<String, Integer> applied(Map<String, Integer> delta) {
    Map<String, Integer> next = new TreeMap<>(rows);
    delta.forEach((line, weight) -> next.merge(line, weight, Integer::sum));
    next.values().removeIf(count -> count == 0);
    return next;
  }

  private Map<String, Integer> delta(Connection connection, ChangeWindow window, SourceState state)
      throws SQLException {
    String line =
        window.columns().values().stream()
            .map(column -> "coalesce(" + column.quoted() + "::text, 'NULL')")
            .collect(Collectors.joining(" || ' ' || "));
    String rowsOfAll =
        window.buffers().stream()
            .map(buffer ->
                """
                SELECT %s AS line, weight FROM %s
                WHERE marker IN (0, -1) AND xid >= '%s'::xid8
                  AND NOT pg_visible_in_snapshot(xid, '%s')\
                """
                    .formatted(line, buffer.quoted(), state.oldestTransaction(), state.snapshot()))
            .collect(Collectors.joining(" UNION ALL "));
    return counted(
        connection, "SELECT line, sum(weight) FROM (" + rowsOfAll + ") AS d GROUP BY line");
  }

  private Map<String, Integer> full(Connection connection) throws SQLException {
    String line =
        columns.stream()
            .map(column -> "coalesce(" + column + "::text, 'NULL')")
            .collect(Collectors.joining(" || ' ' || "));
    return counted(
        connection, "SELECT %s, count(*) FROM %s GROUP BY 1".formatted(line, table.quoted()));
  }

  private static Map<String, Integer> counted(Connection connection, String sql)
      throws SQLException {
    Map<String, Integer> counts = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        counts.put(row.getString(1), row.getInt(2));
      }
    }
    return counts;
  }

  private static List<String> lines(Map<String, Integer> counts) {
    List<String> lines = new ArrayList<>();
    counts.forEach((line, count) -> {
      for (int copy = 0; copy < count; copy++) {
        lines.add(line);
      }
    });
    return lines;
  }
}
