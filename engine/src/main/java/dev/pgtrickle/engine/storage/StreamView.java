package dev.pgtrickle.engine.storage;

import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The read-only relation that users see (P8): exactly the query's columns over the storage. Until
 * the first load is visible to everybody, the view asks for each reader's own snapshot whether it
 * sees the load, and raises 55000 otherwise; a reader never takes "not loaded yet" for "empty".
 */
public final class StreamView {
  private final StreamTableDefinition definition;
  private final VersionRecord version;
  private final List<Identifier> columns;
  private final WriteGuards guards;

  /**
   * @param columns what readers see
   */
  public StreamView(
      StreamTableDefinition definition,
      VersionRecord version,
      Collection<String> columns,
      WriteGuards guards) {
    this.definition = definition;
    this.version = version;
    this.columns = columns.stream().map(Identifier::of).toList();
    this.guards = guards;
  }

  /** Creates the view with its gate, its owner, its guards and the grants. */
  public List<String> create() {
    List<String> statements = new ArrayList<>();
    statements.add("CREATE VIEW " + relation().quoted() + " AS\n" + gatedSelect());
    statements.addAll(dress());
    return statements;
  }

  /** The same for a view that was dropped: with the gate only where it still had one. */
  public List<String> createAsItWas() {
    return asItWas("CREATE VIEW ");
  }

  /** The same over a view that has no other columns: what others have built on it stays. */
  public List<String> replaceAsItWas() {
    return asItWas("CREATE OR REPLACE VIEW ");
  }

  private List<String> asItWas(String create) {
    List<String> statements = new ArrayList<>();
    statements.add(create + relation().quoted() + " AS\n" + selects().getFirst());
    statements.addAll(dress());
    return statements;
  }

  /**
   * What the view may say: first what it says if it is created now, then what it says as well while
   * it waits for columns that were appended.
   */
  public List<String> selects() {
    return switch (version.gate()) {
      case CLOSED -> List.of(gatedSelect(), select());
      case OPEN -> List.of(select());
    };
  }

  /** Owner, guards and grants. */
  public List<String> dress() {
    List<String> statements = new ArrayList<>(guards.onView(relation()));
    definition.owner().ifPresent(owner -> statements.addAll(giveTo(owner)));
    statements.addAll(guards.onOwner(relation(), definition.owner()));
    definition.grants().forEach(grant -> statements.add(grant(grant.role())));
    return statements;
  }

  /** Takes the gate away, once no snapshot is left that cannot see the load. */
  public String openGate() {
    return "CREATE OR REPLACE VIEW " + relation().quoted() + " AS\n" + select();
  }

  public String grant(Identifier role) {
    return "GRANT SELECT ON %s TO %s".formatted(relation().quoted(), role.quoted());
  }

  public String revoke(Identifier role) {
    return "REVOKE SELECT ON %s FROM %s".formatted(relation().quoted(), role.quoted());
  }

  /** Another role owns the view from now on; only it needs to read the storage. */
  public List<String> changeOwner(Optional<Identifier> former) {
    List<String> statements = new ArrayList<>();
    definition
        .owner()
        .ifPresentOrElse(
            owner -> statements.addAll(giveTo(owner)),
            () -> statements.add("ALTER VIEW " + relation().quoted() + " OWNER TO CURRENT_USER"));
    statements.addAll(guards.onOwner(relation(), definition.owner()));
    former.ifPresent(role ->
        statements.add(
            "REVOKE ALL ON %s FROM %s".formatted(version.storage().quoted(), role.quoted())));
    return statements;
  }

  private QualifiedName relation() {
    return definition.relation();
  }

  private List<String> giveTo(Identifier owner) {
    return List.of(
        "GRANT USAGE ON SCHEMA pgtrickle_data TO " + owner.quoted(),
        "GRANT SELECT ON %s TO %s".formatted(version.storage().quoted(), owner.quoted()),
        "ALTER VIEW %s OWNER TO %s".formatted(relation().quoted(), owner.quoted()));
  }

  private String gatedSelect() {
    return select() + "\nWHERE (SELECT pgtrickle.require_populated(" + version.id() + "))";
  }

  private String select() {
    return "SELECT " + SqlText.identifiers(columns) + "\nFROM " + version.storage().quoted();
  }
}
