package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.DefinitionCodec;
import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.StreamTableRegistry;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.storage.StorageInstaller;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The first gate: whose relation is it, and is the definition one that it may have? */
final class TableClaim {
  private final StreamTableRegistry registry;
  private final StorageInstaller installer;
  private final DefinitionCodec codec = new DefinitionCodec();

  TableClaim(StreamTableRegistry registry, StorageInstaller installer) {
    this.registry = registry;
    this.installer = installer;
  }

  /** Inserts the row, or takes the one that is there. In the caller's transaction. */
  StreamTableRecord claim(Connection connection, StreamTableDefinition definition)
      throws SQLException {
    Optional<StreamTableRecord> present = registry.find(connection, definition.relation());
    if (present.isEmpty()) {
      installer.refuseExisting(connection, definition.relation());
      registry.insert(connection, definition);
    } else {
      refuseOtherOrigin(present.get(), definition);
      refuseOtherQuery(present.get(), definition);
      refuseOtherObjects(present.get(), definition);
      if (!present.get().definition().equals(definition)) {
        registry.updateDefinition(connection, present.get().id(), definition);
      }
    }
    return registry
        .find(connection, definition.relation())
        .orElseThrow(() -> new IllegalStateException("the row that was just written is gone"));
  }

  private static void refuseOtherOrigin(
      StreamTableRecord present, StreamTableDefinition definition) {
    Origin owner = present.definition().origin();
    Origin asking = definition.origin();
    if (!owner.namespace().equals(asking.namespace()) || !owner.name().equals(asking.name())) {
      throw TrickleException.of(
          ErrorCode.CONFLICT,
          "the relation %s is already managed by %s/%s"
              .formatted(definition.relation(), owner.namespace(), owner.name()),
          "give one of the two another table name");
    }
  }

  /** Never accepted and then ignored: a right that was taken out of a manifest must be gone. */
  private static void refuseOtherObjects(
      StreamTableRecord present, StreamTableDefinition definition) {
    if (present.version().isPresent()
        && (!present.definition().grants().equals(definition.grants())
            || !present.definition().indexes().equals(definition.indexes()))) {
      throw TrickleException.of(
          ErrorCode.UNSUPPORTED,
          "the indexes or grants of %s differ from those it was created with; changing them in"
                  .formatted(definition.relation())
              + " place comes with a later release",
          "put the old ones back and use CREATE INDEX, GRANT or REVOKE yourself");
    }
  }

  private void refuseOtherQuery(StreamTableRecord present, StreamTableDefinition definition) {
    if (!present.definitionHash().equals(codec.hash(definition)) && present.version().isPresent()) {
      throw TrickleException.of(
          ErrorCode.UNSUPPORTED,
          "the query of "
              + definition.relation()
              + " differs from the one it was created with;"
              + " changing a definition in place comes with a later release",
          "put the old query back, or give the new query another table name");
    }
  }
}
