package dev.pgtrickle.engine.storage;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Moves a relation that is in the way aside, where its owner has asked for that. */
public final class RelationRenaming {
  private static final String SUFFIX = "_replaced";
  private static final int MAXIMUM_BYTES = 63;
  private static final int ATTEMPTS = 100;

  /** Whether anything bears the name. */
  public boolean exists(Connection connection, QualifiedName relation) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ?\
            """)) {
      statement.setString(1, relation.schema().name());
      statement.setString(2, relation.name().name());
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Gives it a free name next to the old one; whatever reads it goes on reading it. */
  public String rename(Connection connection, QualifiedName relation) throws SQLException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      QualifiedName free = candidate(relation, attempt);
      if (!exists(connection, free)) {
        try (Statement statement = connection.createStatement()) {
          // Works for every kind of relation that can stand in a FROM clause.
          statement.execute(
              "ALTER TABLE " + relation.quoted() + " RENAME TO " + free.name().quoted());
        }
        return free.toString();
      }
    }
    throw TrickleException.of(
        ErrorCode.OBJECT_EXISTS,
        "there is no free name to rename " + relation + " to",
        "drop or rename it yourself");
  }

  private static QualifiedName candidate(QualifiedName relation, int attempt) {
    String suffix = attempt == 1 ? SUFFIX : SUFFIX + "_" + attempt;
    String name = relation.name().name();
    while ((name + suffix).getBytes(StandardCharsets.UTF_8).length > MAXIMUM_BYTES) {
      name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
    }
    return new QualifiedName(relation.schema(), Identifier.of(name + suffix));
  }
}
