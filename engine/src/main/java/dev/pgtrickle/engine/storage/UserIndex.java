package dev.pgtrickle.engine.storage;

import dev.pgtrickle.engine.catalog.DataSchema;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.IndexDefinition;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * An index that the user asked for. Its name is made from what it is, so that the registry knows
 * which one is missing and which one is too much.
 */
public record UserIndex(VersionRecord version, IndexDefinition definition) {

  public QualifiedName name() {
    CRC32C hash = new CRC32C();
    hash.update(definition.toString().getBytes(StandardCharsets.UTF_8));
    return DataSchema.table("%s_index_%08x".formatted(version.storage().name(), hash.getValue()));
  }

  public String create() {
    return "CREATE %sINDEX IF NOT EXISTS %s ON %s USING %s (%s)"
        .formatted(
            switch (definition.uniqueness()) {
              case UNIQUE -> "UNIQUE ";
              case NOT_UNIQUE -> "";
            },
            name().name().quoted(),
            version.storage().quoted(),
            definition.method().quoted(),
            SqlText.identifiers(definition.columns()));
  }
}
