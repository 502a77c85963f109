package dev.pgtrickle.engine.storage;

import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The indexes of a storage beside those that the user wants. In the caller's transaction. */
public final class UserIndexes {
  private static final String UNIQUE_VIOLATION = "23505";

  /** No such column, access method or operator class; a key that cannot be had. */
  private static final Set<String> CANNOT_BE_HAD = Set.of("42703", "42704", "42P16", "42P17");

  /** Those that are not there, or not as they shall be, each once. */
  public List<UserIndex> missing(
      Connection connection, StreamTableDefinition definition, VersionRecord version)
      throws SQLException {
    Set<String> present = present(connection, version);
    return definition.indexes().stream()
        .distinct()
        .map(index -> new UserIndex(version, index))
        .filter(index -> !present.contains(index.name().name().name()))
        .toList();
  }

  /** Runs what makes an index; rows that are not unique are named as the user's. */
  public void execute(Connection connection, QualifiedName relation, String sql)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      String state = String.valueOf(failure.getSQLState());
      if (UNIQUE_VIOLATION.equals(state)) {
        throw notUnique(failure, relation);
      }
      if (CANNOT_BE_HAD.contains(state)) {
        throw TrickleException.of(
                ErrorCode.INVALID_MANIFEST,
                "an index of %s cannot be had: PostgreSQL said: %s"
                    .formatted(relation, SqlErrors.message(failure)),
                "correct spec.indexes")
            .causedBy(state, failure);
      }
      throw failure;
    }
  }

  /** The rows as they would be are not unique, whatever the order: trying again is pointless. */
  public static TrickleException notUnique(SQLException failure, QualifiedName relation) {
    return TrickleException.of(
            ErrorCode.QUERY_FAILED,
            "two rows of %s are equal in columns that spec.indexes calls unique: %s"
                .formatted(relation, SqlErrors.detail(failure).orElse("no detail")),
            "change the rows or the query and ask for a refresh, or take unique out of"
                + " spec.indexes")
        .causedBy(failure.getSQLState(), failure);
  }

  /** Whether a refresh would leave rows that are not unique and that a user wants to be so. */
  public static boolean isNotUnique(SQLException failure) {
    return UNIQUE_VIOLATION.equals(failure.getSQLState())
        && SqlErrors.constraint(failure).filter(UserIndex::isConstraint).isPresent();
  }

  private static Set<String> present(Connection connection, VersionRecord version)
      throws SQLException {
    Set<String> names = new HashSet<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT c.relname
            FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
            WHERE i.indrelid = to_regclass(?) AND i.indisvalid\
            """)) {
      statement.setString(1, version.storage().quoted());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
    }
    return names;
  }
}
