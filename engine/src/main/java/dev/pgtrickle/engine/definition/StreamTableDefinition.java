package dev.pgtrickle.engine.definition;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * What a user asked for, with every default filled in: the engine knows nothing of manifests.
 *
 * @param owner role whose rights the query has; empty = the engine role
 * @param primaryKey columns that the user declares unique, empty = derived
 */
public record StreamTableDefinition(
    QualifiedName relation,
    String query,
    RefreshMode mode,
    Fallback fallback,
    Schedule schedule,
    Wake wake,
    Optional<Identifier> owner,
    List<Identifier> primaryKey,
    List<IndexDefinition> indexes,
    List<Grant> grants,
    Limits limits,
    Activity activity,
    Origin origin) {

  /** Whether the table is being kept current. */
  public enum Activity {
    ACTIVE,
    SUSPENDED
  }
}
