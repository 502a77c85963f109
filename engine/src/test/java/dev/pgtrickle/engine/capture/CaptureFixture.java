package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.CatalogMigrator;
import dev.pgtrickle.engine.catalog.SourceRegistry;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.DatabasePool;
import dev.pgtrickle.engine.postgres.Fence;
import dev.pgtrickle.engine.postgres.FenceEpoch;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.LockPlan;
import dev.pgtrickle.engine.postgres.LockTimeouts;
import dev.pgtrickle.engine.postgres.NewSessionListener;
import dev.pgtrickle.engine.postgres.PinnedSession;
import dev.pgtrickle.engine.postgres.Prologue;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.source.Extent;
import dev.pgtrickle.engine.source.SourceRequirement;
import dev.pgtrickle.engine.source.WakeUp;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A migrated database of one test, and short words for what the tests of the capture do with it.
 */
final class CaptureFixture implements AutoCloseable {
  static final SourceStates.Counted COUNTED = new SourceStates.Counted(1000, 8000);

  static final CaptureSettings QUICK =
      new CaptureSettings(
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          50,
          Duration.ofMinutes(10),
          Duration.ofHours(1));

  private final TestDatabase database;
  private final DatabasePool pool;
  private final FencedTransactions transactions;
  private final SourceRegistry registry = new SourceRegistry();
  private final List<Connection> sessions = new ArrayList<>();

  CaptureFixture(PostgresVersion version) throws SQLException {
    this(TestDatabase.create(version));
  }

  private CaptureFixture(TestDatabase database) throws SQLException {
    this.database = database;
    try (Connection connection = database.connect()) {
      new CatalogMigrator("test").migrate(connection);
    }
    this.pool =
        DatabasePool.open(
            new ConnectionTarget(database.jdbcUrl(), database.user(), ""),
            new PinnedSession(Duration.ofSeconds(30)),
            8,
            NewSessionListener.none());
    this.transactions =
        new FencedTransactions(
            pool,
            new Fence(new FenceEpoch(0)),
            new Prologue(),
            new LockTimeouts(Duration.ofSeconds(1)));
  }

  TestDatabase database() {
    return database;
  }

  DatabasePool pool() {
    return pool;
  }

  FencedTransactions transactions() {
    return transactions;
  }

  SourceRegistry registry() {
    return registry;
  }

  ChangeCapture capture() {
    return capture(CaptureRules.standard());
  }

  ChangeCapture capture(CaptureRules rules) {
    return new ChangeCapture(transactions, registry, rules, QUICK);
  }

  Janitor janitor() {
    return janitor(CaptureRules.standard());
  }

  Janitor janitor(CaptureRules rules) {
    return new Janitor(transactions, registry, rules, QUICK);
  }

  /** A new session of the owner, closed with the fixture. */
  SqlSession session() throws SQLException {
    return open(database.connect());
  }

  SqlSession superuser() throws SQLException {
    return open(database.connectAsSuperuser());
  }

  SqlSession sessionOf(String role) throws SQLException {
    return open(database.server().connect(database.name(), role));
  }

  private SqlSession open(Connection connection) {
    sessions.add(connection);
    return new SqlSession(connection);
  }

  static CaptureOptions options() {
    return options(WakeUp.POLL);
  }

  static CaptureOptions options(WakeUp wake) {
    return new CaptureOptions(wake, Instant.now().plus(Duration.ofHours(24)));
  }

  SourceRequirement requirement(String table, Integer... attributeNumbers) throws SQLException {
    return new SourceRequirement(
        oid(table), QualifiedName.of("public", table), new TreeSet<>(Set.of(attributeNumbers)));
  }

  long oid(String table) throws SQLException {
    return database.queryLong("SELECT oid::bigint FROM pg_class WHERE relname = ?", table);
  }

  /** Captures columns with the given rules. */
  long ensure(ChangeCapture capture, String table, Integer... attributeNumbers)
      throws SQLException {
    return capture.ensure(requirement(table, attributeNumbers), options()).sourceId();
  }

  long ensure(String table, Integer... attributeNumbers) throws SQLException {
    return ensure(capture(), table, attributeNumbers);
  }

  /** A new storage version of a new stream table. */
  long version() throws SQLException {
    long table =
        database.queryLong(
            """
            INSERT INTO pgtrickle.stream_table
              (relation_schema, relation_name, origin_namespace, origin_name, origin_uid,
               definition, definition_hash, state)
            VALUES ('public', gen_random_uuid()::text, '', '', '', '{}', '', 'active')
            RETURNING id
            """);
    return database.queryLong(
        """
        INSERT INTO pgtrickle.storage_version (stream_table_id, storage_name, guard_name)
        VALUES (?, '', '') RETURNING id
        """,
        table);
  }

  void pin(long version, long source) {
    transactions.inTransaction(
        Duration.ofMillis(400),
        connection -> {
          new Pins().pin(connection, version, List.of(source));
          return true;
        });
  }

  SourceStates.Expected expected(long source, Integer... attributeNumbers) {
    SortedSet<Integer> numbers = new TreeSet<>(Set.of(attributeNumbers));
    ChangeWindow window = capture().window(source, numbers);
    return new SourceStates.Expected(
        window,
        new FingerprintScope(
            window.relationOid(),
            extent(window.relationOid()),
            numbers,
            List.of(),
            List.of(),
            List.of()));
  }

  private Extent extent(long relationOid) {
    return transactions.inTransaction(
        Duration.ofMillis(400),
        connection ->
            SourceTree.read(connection, relationOid).members().size() == 1
                ? Extent.ITSELF
                : Extent.WITH_DESCENDANTS);
  }

  SourceState state(long version, SourceStates.Expected expected) {
    return state(version, expected, CaptureRules.standard());
  }

  SourceState state(long version, SourceStates.Expected expected, CaptureRules rules) {
    SourceLook look =
        SourceLook.of(
            List.of(new SourceStates.Reader(version, List.of(expected))),
            COUNTED,
            rules,
            new WindowPredicate());
    List<SourceState> states =
        transactions.inSnapshot(
            new LockPlan(Duration.ofMillis(400), List.of(), expected.window().buffers(), List.of()),
            look.first(),
            (seen, snapshot) -> look.settled(seen, snapshot));
    return states.getFirst();
  }

  /**
   * Everything in the buffers of a window, as text: {@code "+1 7 seven"}; markers as {@code "!1"}.
   */
  List<String> captured(ChangeWindow window) throws SQLException {
    String columns =
        window.columns().values().stream()
            .map(column -> ", coalesce(" + column.quoted() + "::text, 'NULL')")
            .collect(Collectors.joining());
    String rows =
        window.buffers().stream()
            .map(buffer ->
                """
                SELECT CASE WHEN marker <> 0 THEN '!' || marker
                       ELSE concat_ws(' ', to_char(weight, 'SG9')%s) END AS line
                FROM %s\
                """
                    .formatted(columns, buffer.quoted()))
            .collect(Collectors.joining(" UNION ALL "));
    return database.query("SELECT line FROM (" + rows + ") AS l ORDER BY line").stream()
        .map(row -> String.valueOf(row.getFirst()))
        .toList();
  }

  List<String> captured(long source, Integer... attributeNumbers) throws SQLException {
    return captured(capture().window(source, Set.of(attributeNumbers)));
  }

  @Nullable String horizon(long source) throws SQLException {
    return database.queryText("SELECT horizon::text FROM pgtrickle.source WHERE id = " + source);
  }

  Optional<String> text(SqlSession session, String sql) throws SQLException {
    return Optional.ofNullable(session.queryText(sql));
  }

  static void run(SqlSession session, String sql) throws SQLException {
    try (Statement statement = session.connection().createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : sessions) {
      connection.close();
    }
    pool.close();
    database.close();
  }
}
