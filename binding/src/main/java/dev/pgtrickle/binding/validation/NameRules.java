package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.binding.value.EffectiveNames;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import dev.pgtrickle.crds.streamtable.TableName;

/** Names: of the resource, of the relation that readers see, of its owner. */
final class NameRules implements Rules {
  private static final FieldPath TABLE = FieldPath.of("spec", "table");

  @Override
  public void check(StreamTable table, StreamTableSpec spec, Problems problems) {
    checkMetadata(table, problems);
    TableName name = spec.table();
    if (name != null && name.schema() != null) {
      checkSchema(name.schema(), problems);
    }
    if (name != null && name.name() != null) {
      PostgresNames.check(TABLE.field("name"), name.name(), problems);
    } else {
      checkDerivedName(table, problems);
    }
    if (spec.owner() != null) {
      PostgresNames.check(FieldPath.of("spec", "owner"), spec.owner(), problems);
    }
  }

  private static void checkMetadata(StreamTable table, Problems problems) {
    FieldPath path = FieldPath.of("metadata");
    KubernetesNames.check(path.field("name"), table.getMetadata().getName(), problems);
    String namespace = table.getMetadata().getNamespace();
    if (namespace != null) {
      KubernetesNames.check(path.field("namespace"), namespace, problems);
    }
  }

  private static void checkSchema(String schema, Problems problems) {
    FieldPath path = TABLE.field("schema");
    if (PostgresNames.check(path, schema, problems)
        && (schema.startsWith("pg_")
            || schema.startsWith("pgtrickle")
            || schema.equals("information_schema"))) {
      problems.invalid(
          path,
          "schema " + schema + " is reserved, as are pg_*, information_schema and pgtrickle*",
          "choose a schema of your own, for example public");
    }
  }

  private static void checkDerivedName(StreamTable table, Problems problems) {
    String name = table.getMetadata().getName();
    if (name != null && EffectiveNames.derivedTable(name).isEmpty()) {
      problems.invalid(
          TABLE.field("name"),
          "metadata.name \""
              + name
              + "\" is not usable as a table name"
              + " (63 characters of a-z, 0-9 and -, a letter first)",
          "set spec.table.name");
    }
  }
}
