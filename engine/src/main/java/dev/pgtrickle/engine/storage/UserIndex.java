package dev.pgtrickle.engine.storage;

import dev.pgtrickle.engine.catalog.DataSchema;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.IndexDefinition;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * An index that the user asked for. Its name is made from what it is, so that the registry knows
 * which one is missing and which one is too much.
 *
 * <p>One that is unique is a constraint that is checked when a refresh commits: a refresh inserts,
 * updates and deletes rows in any order, and a value that moves from one row to another is there
 * twice in between.
 */
public record UserIndex(VersionRecord version, IndexDefinition definition) {
  private static final Pattern UNIQUE_NAME =
      Pattern.compile("storage_[0-9]+_(unique|building)_[0-9a-f]{8}");
  private static final Pattern CONSTRAINT_NAME =
      Pattern.compile("storage_[0-9]+_unique_[0-9a-f]{8}");

  /** Whether an index of this name is one that a user wants to be unique, finished or not. */
  public static boolean isUnique(String name) {
    return UNIQUE_NAME.matcher(name).matches();
  }

  /** Whether it is finished: only then its violation is one of the rows after the refresh. */
  public static boolean isConstraint(String name) {
    return CONSTRAINT_NAME.matcher(name).matches();
  }

  /** Whether it was built and is not finished. */
  public static boolean isBegun(String name) {
    return isUnique(name) && !isConstraint(name);
  }

  /** Takes away what bears a name of ours, be it an index or a constraint. */
  public static List<String> drop(VersionRecord version, String name) {
    QualifiedName index = DataSchema.table(name);
    return List.of(
        "ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s"
            .formatted(version.storage().quoted(), index.name().quoted()),
        "DROP INDEX IF EXISTS " + index.quoted());
  }

  public QualifiedName name() {
    return switch (definition.uniqueness()) {
      case UNIQUE -> named("unique");
      case NOT_UNIQUE -> named("index");
    };
  }

  /** What it is called while it is no constraint yet. */
  public QualifiedName building() {
    return switch (definition.uniqueness()) {
      case UNIQUE -> named("building");
      case NOT_UNIQUE -> name();
    };
  }

  /** All of it, over a storage that does not have it. */
  public String create() {
    return finish().map(constraint -> build() + ";\n" + constraint).orElse(build());
  }

  /** Reads the whole storage and lets readers go on. */
  public String build() {
    return "CREATE %sINDEX IF NOT EXISTS %s ON %s USING %s (%s)"
        .formatted(
            switch (definition.uniqueness()) {
              case UNIQUE -> "UNIQUE ";
              case NOT_UNIQUE -> "";
            },
            building().name().quoted(),
            version.storage().quoted(),
            definition.method().quoted(),
            SqlText.identifiers(definition.columns()));
  }

  /** Makes the index that was built what it shall be; touches the catalog only. */
  public Optional<String> finish() {
    return switch (definition.uniqueness()) {
      case UNIQUE ->
          Optional.of(
              """
              ALTER TABLE %s
              ADD CONSTRAINT %s UNIQUE USING INDEX %s DEFERRABLE INITIALLY DEFERRED\
              """
                  .formatted(
                      version.storage().quoted(),
                      name().name().quoted(),
                      building().name().quoted()));
      case NOT_UNIQUE -> Optional.empty();
    };
  }

  private QualifiedName named(String kind) {
    CRC32C hash = new CRC32C();
    hash.update(definition.toString().getBytes(StandardCharsets.UTF_8));
    return DataSchema.table(
        "%s_%s_%08x".formatted(version.storage().name(), kind, hash.getValue()));
  }
}
