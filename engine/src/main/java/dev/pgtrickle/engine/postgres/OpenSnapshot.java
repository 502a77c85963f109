package dev.pgtrickle.engine.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** A REPEATABLE READ transaction whose locks are held and whose snapshot is taken. */
public final class OpenSnapshot {
  private static final BoundStatement COMMIT = BoundStatement.of("COMMIT");

  private final Connection connection;
  private boolean finished;

  OpenSnapshot(Connection connection) {
    this.connection = connection;
  }

  /** For reading in this snapshot. */
  public Connection connection() {
    return connection;
  }

  /** Runs statements without parameters in one trip: staging, analysing, settings. */
  public void execute(List<String> statements) throws SQLException {
    if (!statements.isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(String.join(";\n", statements));
      }
    }
  }

  /** Reads more in the same snapshot. */
  public <S> S read(StateQuery<S> query) throws SQLException {
    String text =
        """
        SELECT state.*
        FROM (VALUES (1)) AS always
        LEFT JOIN LATERAL (
        %s
        ) AS state ON true\
        """
            .formatted(query.sql());
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      query.bind(statement, 1);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return query.read(rows);
      }
    }
  }

  /** Runs statements in one trip, without committing; what they return is not looked at. */
  public void run(List<BoundStatement> statements) throws SQLException {
    send(statements.stream().map(SnapshotPart::silent).toList());
  }

  /** Runs parts in one trip, without committing; what the readers of those made that have one. */
  public <R> List<R> ask(List<SnapshotPart<R>> parts) throws SQLException {
    return send(parts);
  }

  /**
   * Trip 2: runs all parts and COMMIT as one prepared statement, which the driver pipelines. When
   * any part fails, none has happened.
   *
   * @return what the readers made of the rows of their parts, in order
   */
  public <R> List<R> commit(List<SnapshotPart<R>> parts) throws SQLException {
    List<SnapshotPart<R>> all = new ArrayList<>(parts);
    all.add(SnapshotPart.silent(COMMIT));
    List<R> results = send(all);
    finished = true;
    return results;
  }

  /** Every part answers with exactly one result: rows or a count. */
  private <R> List<R> send(List<SnapshotPart<R>> parts) throws SQLException {
    StringJoiner text = new StringJoiner(";\n");
    parts.forEach(part -> text.add(part.statement().sql()));
    try (PreparedStatement statement = connection.prepareStatement(text.toString())) {
      int parameter = 1;
      for (SnapshotPart<R> part : parts) {
        for (String value : part.statement().parameters()) {
          statement.setString(parameter++, value);
        }
      }
      List<R> results = new ArrayList<>();
      boolean rows = statement.execute();
      for (SnapshotPart<R> part : parts) {
        if (part.reader().isPresent()) {
          if (!rows) {
            throw new IllegalStateException("a reported part returned no rows");
          }
          try (ResultSet resultSet = statement.getResultSet()) {
            results.add(part.reader().get().read(resultSet));
          }
        }
        rows = statement.getMoreResults();
      }
      return results;
    }
  }

  boolean finished() {
    return finished;
  }
}
