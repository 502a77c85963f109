package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.sql.AnalysisSession;
import dev.pgtrickle.engine.sql.QueryText;
import dev.pgtrickle.engine.sql.parser.Bounds;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A query with its storage, refreshed by the generated statements as the engine does it. */
final class MaintainedQuery {
  private static final String COUNTS =
      """

      SELECT (SELECT count(*) FROM "deleted"), (SELECT count(*) FROM "updated"),
        (SELECT count(*) FROM "inserted")
      """;

  private final Connection connection;
  private final List<CapturedTable> sources;
  private final MaintenancePlan plan;
  private final QualifiedName storage;
  private final MaintenanceStatements statements;
  private String frontier = "";

  private MaintainedQuery(
      Connection connection,
      List<CapturedTable> sources,
      MaintenancePlan plan,
      QualifiedName storage,
      MaintenanceStatements statements) {
    this.connection = connection;
    this.sources = sources;
    this.plan = plan;
    this.storage = storage;
    this.statements = statements;
  }

  /** What a refresh did. */
  record Counts(long deleted, long updated, long inserted) {}

  static MaintenancePlan compile(Connection connection, String query) {
    return new QueryCompiler(Bounds.standard())
        .compile(
            new QueryText(query),
            new AnalysisSession(connection, Identifier.of("public"), Optional.empty()),
            RefreshMode.AUTO);
  }

  static MaintainedQuery create(
      Connection connection,
      CapturedTable source,
      String query,
      String storageName,
      StatementPlanner planner)
      throws SQLException {
    return create(connection, List.of(source), query, storageName, planner);
  }

  static MaintainedQuery create(
      Connection connection,
      List<CapturedTable> sources,
      String query,
      String storageName,
      StatementPlanner planner)
      throws SQLException {
    MaintenancePlan plan = compile(connection, query);
    QualifiedName storage = QualifiedName.of("pgtrickle_data", storageName);
    MaintainedQuery maintained =
        new MaintainedQuery(connection, sources, plan, storage, planner.statements(plan, storage));
    SqlSession session = new SqlSession(connection);
    for (String statement : maintained.statements.createStorage()) {
      session.execute(statement);
    }
    maintained.inSnapshot(() -> maintained.apply(maintained.statements.initialLoad()));
    return maintained;
  }

  MaintenancePlan plan() {
    return plan;
  }

  MaintenanceStatements statements() {
    return statements;
  }

  QualifiedName storage() {
    return storage;
  }

  /** All sources as changed, whether they are or not: it must make no difference. */
  Counts refreshSmall() throws SQLException {
    return inSnapshot(
        () -> apply(statements.smallDelta(windows(), oids(sources), RowBound.THOUSAND)));
  }

  Counts refreshLarge() throws SQLException {
    return inSnapshot(() -> apply(statements.largeDelta(windows(), oids(sources))));
  }

  /** Only the sources that have changes since the last refresh, as the engine does it. */
  Counts refreshChanged() throws SQLException {
    return inSnapshot(() -> {
      Set<Long> changed = new HashSet<>();
      for (CapturedTable source : sources) {
        if (hasChanges(source)) {
          changed.add(source.window().relationOid());
        }
      }
      return changed.isEmpty()
          ? new Counts(0, 0, 0)
          : apply(statements.smallDelta(windows(), changed, RowBound.THOUSAND));
    });
  }

  private boolean hasChanges(CapturedTable source) throws SQLException {
    for (QualifiedName buffer : source.window().buffers()) {
      String sql =
          "SELECT count(*) FROM %s WHERE marker = 0 AND NOT pg_visible_in_snapshot(xid, '%s')"
              .formatted(buffer.quoted(), frontier);
      if (!new SqlSession(connection).queryText(sql).equals("0")) {
        return true;
      }
    }
    return false;
  }

  private List<ChangeWindow> windows() {
    return sources.stream().map(CapturedTable::window).toList();
  }

  private static Set<Long> oids(List<CapturedTable> sources) {
    return sources.stream()
        .map(source -> source.window().relationOid())
        .collect(Collectors.toSet());
  }

  Counts refreshFully() throws SQLException {
    return inSnapshot(() -> apply(statements.fullDifference()));
  }

  /** The same, with something that happens between the snapshot and the statement. */
  Counts refreshFully(Interference interference, UnaryOperator<String> planted)
      throws SQLException {
    StagedApply apply = statements.fullDifference();
    return inSnapshot(() -> {
      interference.run();
      return apply(
          new StagedApply(
              apply.preparation().stream()
                  .map(staging ->
                      new StagingStatement(planted.apply(staging.sql()), staging.parameters()))
                  .toList(),
              new ApplyStatement(
                  planted.apply(apply.apply().withClause()), apply.apply().parameters())));
    });
  }

  /** Rows in which the storage and the query differ, counted by image; and the first of them. */
  String differences() throws SQLException {
    List<String> names =
        plan.columns().stream()
            .filter(column -> column.visibility() == StorageColumn.Visibility.VISIBLE)
            .map(column -> column.name().quoted())
            .toList();
    String row = "ROW(" + String.join(", ", names) + ")";
    String sql =
        """
        SELECT coalesce(sum(abs(difference)), 0) || coalesce(': ' || min(example), '')
        FROM (
          SELECT sum(sign) AS difference, min(sum_sign || example) AS example
          FROM (
            SELECT 1 AS sign, 'surplus ' AS sum_sign, record_send(%1$s) AS image,
              %1$s::text AS example
            FROM %2$s AS stored
            UNION ALL
            SELECT -1, 'missing ', record_send(%1$s), %1$s::text FROM (%3$s) AS query
          ) AS both_sides
          GROUP BY image
          HAVING sum(sign) <> 0
        ) AS differences
        """
            .formatted(row, storage.quoted(), statements.visibleQuery());
    try (var statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  /** What another session does meanwhile. */
  interface Interference {
    void run() throws SQLException;
  }

  private interface Refresh {
    Counts run() throws SQLException;
  }

  private Counts inSnapshot(Refresh refresh) throws SQLException {
    SqlSession session = new SqlSession(connection);
    session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
    boolean committed = false;
    try {
      String snapshot = session.queryText("SELECT pg_current_snapshot()::text");
      Counts counts = refresh.run();
      session.execute("COMMIT");
      committed = true;
      frontier = snapshot;
      return counts;
    } finally {
      if (!committed) {
        session.execute("ROLLBACK");
      }
    }
  }

  private void bind(PreparedStatement statement, List<WindowParameter> parameters)
      throws SQLException {
    for (int index = 0; index < parameters.size(); index++) {
      String value =
          switch (parameters.get(index).bound()) {
            case OLDEST_TRANSACTION -> frontier.substring(0, frontier.indexOf(':'));
            case SNAPSHOT -> frontier;
          };
      statement.setString(index + 1, value);
    }
  }

  private Counts apply(StagedApply apply) throws SQLException {
    for (StagingStatement staging : apply.preparation()) {
      try (PreparedStatement statement = connection.prepareStatement(staging.sql())) {
        bind(statement, staging.parameters());
        statement.execute();
      }
    }
    return apply(apply.apply());
  }

  private Counts apply(ApplyStatement apply) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(apply.withClause() + COUNTS)) {
      bind(statement, apply.parameters());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Counts(row.getLong(1), row.getLong(2), row.getLong(3));
      }
    }
  }

  /** For failure messages. */
  String describe() {
    return plan.canonicalQuery().lines().map(String::strip).collect(Collectors.joining(" "))
        + "\n  key: "
        + plan.key();
  }
}
