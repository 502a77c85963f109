package dev.pgtrickle.binding.value;

import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import dev.pgtrickle.crds.streamtable.TableName;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names that a resource has when its writer left them out. Frozen: they are identity. */
public final class EffectiveNames {
  public static final String DEFAULT_SCHEMA = "public";
  public static final String DEFAULT_NAMESPACE = "default";
  private static final Pattern USABLE_AS_TABLE = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

  private EffectiveNames() {}

  public static String schema(StreamTableSpec spec) {
    TableName table = spec.table();
    return table == null || table.schema() == null ? DEFAULT_SCHEMA : table.schema();
  }

  /** The table's name; empty when it is neither written nor derivable. */
  public static Optional<String> table(StreamTable resource, StreamTableSpec spec) {
    TableName table = spec.table();
    if (table != null && table.name() != null) {
      return Optional.of(table.name());
    }
    return Optional.ofNullable(resource.getMetadata().getName())
        .flatMap(EffectiveNames::derivedTable);
  }

  /** {@code metadata.name} with - as _, where that is a plain name. */
  public static Optional<String> derivedTable(String metadataName) {
    return USABLE_AS_TABLE.matcher(metadataName).matches()
        ? Optional.of(metadataName.replace('-', '_'))
        : Optional.empty();
  }

  public static String namespace(StreamTable resource) {
    return Objects.requireNonNullElse(resource.getMetadata().getNamespace(), DEFAULT_NAMESPACE);
  }
}
