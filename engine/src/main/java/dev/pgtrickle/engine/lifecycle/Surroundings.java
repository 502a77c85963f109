package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.VersionContents;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.storage.UserIndex;
import java.util.List;

/**
 * What stands around a storage, by name.
 *
 * @param owner of the view, empty = the engine role
 */
record Surroundings(List<String> indexes, List<String> grants, String owner) {

  static Surroundings wanted(StreamTableDefinition definition, VersionRecord version) {
    return new Surroundings(
        definition.indexes().stream()
            .map(index -> new UserIndex(version, index).name().name().name())
            .distinct()
            .sorted()
            .toList(),
        definition.grants().stream().map(grant -> grant.role().name()).distinct().sorted().toList(),
        definition.owner().map(Identifier::name).orElse(""));
  }

  static Surroundings present(VersionContents contents) {
    return new Surroundings(contents.indexes(), contents.grants(), contents.viewOwner());
  }
}
