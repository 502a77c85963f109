package dev.pgtrickle.engine.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
  public void run(List<BoundStatement> parts) throws SQLException {
    send(parts, -1, null);
  }

  /**
   * Trip 2: runs all parts and COMMIT as one prepared statement, which the driver pipelines. When
   * any part fails, none has happened.
   *
   * @param reported the part whose rows the reader gets
   */
  public <R> R commit(
      List<BoundStatement> before,
      BoundStatement reported,
      List<BoundStatement> after,
      RowsReader<R> reader)
      throws SQLException {
    List<BoundStatement> parts = new ArrayList<>(before);
    parts.add(reported);
    parts.addAll(after);
    parts.add(COMMIT);
    R result = send(parts, before.size(), reader);
    finished = true;
    if (result == null) {
      throw new IllegalStateException("the reported part returned no rows");
    }
    return result;
  }

  /** Every part answers with exactly one result: rows or a count. */
  private <R> @Nullable R send(
      List<BoundStatement> parts, int reportedPart, @Nullable RowsReader<R> reader)
      throws SQLException {
    String text = parts.stream().map(BoundStatement::sql).collect(Collectors.joining(";\n"));
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      int parameter = 1;
      for (BoundStatement part : parts) {
        for (String value : part.parameters()) {
          statement.setString(parameter++, value);
        }
      }
      R result = null;
      boolean rows = statement.execute();
      for (int part = 0; part < parts.size(); part++) {
        if (rows && part == reportedPart && reader != null) {
          try (ResultSet resultSet = statement.getResultSet()) {
            result = reader.read(resultSet);
          }
        }
        rows = statement.getMoreResults();
      }
      return result;
    }
  }

  boolean finished() {
    return finished;
  }
}
