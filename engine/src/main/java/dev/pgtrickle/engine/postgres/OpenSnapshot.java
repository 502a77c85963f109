package dev.pgtrickle.engine.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** A REPEATABLE READ transaction whose locks are held and whose snapshot is taken. */
public final class OpenSnapshot {
  private final Connection connection;
  private boolean finished;

  OpenSnapshot(Connection connection) {
    this.connection = connection;
  }

  /** For statements between the two trips: staging, analysing. */
  public Connection connection() {
    return connection;
  }

  /** Runs statements without parameters in one trip. */
  public void execute(List<String> statements) throws SQLException {
    if (!statements.isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(String.join(";\n", statements));
      }
    }
  }

  /**
   * Trip 2: runs the parts and COMMIT as one prepared statement, which the driver pipelines.
   *
   * @param reader of the last part that returns rows
   */
  public <R> R commit(List<BoundStatement> parts, RowsReader<R> reader) throws SQLException {
    String text =
        parts.stream().map(BoundStatement::sql).collect(Collectors.joining(";\n")) + ";\nCOMMIT";
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      int index = 1;
      for (BoundStatement part : parts) {
        for (String parameter : part.parameters()) {
          statement.setString(index++, parameter);
        }
      }
      boolean rows = statement.execute();
      finished = true;
      R result = null;
      while (rows || statement.getUpdateCount() != -1) {
        if (rows) {
          try (ResultSet resultSet = statement.getResultSet()) {
            result = reader.read(resultSet);
          }
        }
        rows = statement.getMoreResults();
      }
      if (result == null) {
        throw new IllegalStateException("no part of the transaction returned rows");
      }
      return result;
    }
  }

  boolean finished() {
    return finished;
  }
}
