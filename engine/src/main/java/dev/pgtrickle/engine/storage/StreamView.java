package dev.pgtrickle.engine.storage;

import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.plan.StorageColumn;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import java.util.ArrayList;
import java.util.List;

/**
 * The read-only relation that users see (P8): exactly the query's columns over the storage. Until
 * the first load is visible to everybody, the view asks for each reader's own snapshot whether it
 * sees the load, and raises 55000 otherwise; a reader never takes "not loaded yet" for "empty".
 */
public final class StreamView {
  private final StreamTableDefinition definition;
  private final VersionRecord version;
  private final List<StorageColumn> columns;

  public StreamView(
      StreamTableDefinition definition, VersionRecord version, List<StorageColumn> columns) {
    this.definition = definition;
    this.version = version;
    this.columns = List.copyOf(columns);
  }

  /** Creates the view with its gate, its owner, its guards and the grants. */
  public List<String> create() {
    QualifiedName relation = definition.relation();
    List<String> statements = new ArrayList<>();
    statements.add("CREATE VIEW " + relation.quoted() + " AS\n" + gatedSelect());
    statements.add(
        """
        CREATE TRIGGER pgtrickle_read_only INSTEAD OF INSERT OR UPDATE OR DELETE ON %s
        FOR EACH ROW EXECUTE FUNCTION pgtrickle.refuse_write_through_view()\
        """
            .formatted(relation.quoted()));
    definition.owner().ifPresent(owner -> statements.addAll(giveTo(owner)));
    // A view passes writes on to its table with its owner's rights: so the owner has none.
    statements.add(
        "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON %s FROM %s"
            .formatted(
                relation.quoted(),
                definition.owner().map(Identifier::quoted).orElse("CURRENT_USER")));
    definition
        .grants()
        .forEach(grant ->
            statements.add(
                "GRANT SELECT ON %s TO %s".formatted(relation.quoted(), grant.role().quoted())));
    return statements;
  }

  /** Takes the gate away, once no snapshot is left that cannot see the load. */
  public String openGate() {
    return "CREATE OR REPLACE VIEW " + definition.relation().quoted() + " AS\n" + select();
  }

  private List<String> giveTo(Identifier owner) {
    return List.of(
        "GRANT USAGE ON SCHEMA pgtrickle_data TO " + owner.quoted(),
        "GRANT SELECT ON %s TO %s".formatted(version.storage().quoted(), owner.quoted()),
        "ALTER VIEW %s OWNER TO %s".formatted(definition.relation().quoted(), owner.quoted()));
  }

  private String gatedSelect() {
    return select() + "\nWHERE (SELECT pgtrickle.require_populated(" + version.id() + "))";
  }

  private String select() {
    List<Identifier> visible =
        columns.stream()
            .filter(column -> column.visibility() == StorageColumn.Visibility.VISIBLE)
            .map(StorageColumn::name)
            .toList();
    return "SELECT " + SqlText.identifiers(visible) + "\nFROM " + version.storage().quoted();
  }
}
