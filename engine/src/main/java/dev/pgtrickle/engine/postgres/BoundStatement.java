package dev.pgtrickle.engine.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement with its parameters as text; PostgreSQL gives them the types that the SQL says. */
public record BoundStatement(String sql, List<@Nullable String> parameters) {

  public static BoundStatement of(String sql) {
    return new BoundStatement(sql, List.of());
  }
}
