package dev.pgtrickle.engine.capture;

import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * P7: everything outside the rows that a result rests on, as one hash a part, read at the snapshot
 * of the refresh. A catalog row that is written in any way has a new xmin, so a change that was
 * undone meanwhile shows as well; only keys are compared by what they say, since what held at both
 * ends is all that a proof from a key needs.
 */
public final class Fingerprint {
  private Fingerprint() {}

  /** An expression of type {@code bigint[]}: the parts in the order of {@link FingerprintPart}. */
  public static String expression(FingerprintScope scope) {
    return Stream.of(FingerprintPart.values())
        .map(part -> part(part, scope))
        .collect(Collectors.joining(",\n", "ARRAY[\n", "]"));
  }

  /**
   * A scalar query for pg_class.relfilenode, or for one number over those of all tables with the
   * rows. A TRUNCATE changes it and leaves a marker in the window; without a marker something
   * rewrote or emptied a table.
   */
  public static String filenode(FingerprintScope scope) {
    return switch (scope.extent()) {
      case ITSELF ->
          "(SELECT class.relfilenode::bigint FROM pg_class AS class WHERE class.oid = %d)"
              .formatted(scope.relationOid());
      case WITH_DESCENDANTS -> hashOfTree(scope, "class.oid, class.relfilenode");
    };
  }

  private static String part(FingerprintPart part, FingerprintScope scope) {
    return switch (part) {
      case COLUMNS -> columns(scope);
      case CONSTRAINTS -> constraints(scope);
      case RELATION -> relation(scope);
      case FUNCTIONS -> functions(scope);
      case TYPES -> types(scope);
      case COLLATIONS -> collations(scope);
      case PUBLICATIONS ->
          hash("published.oid", "pg_publication AS published WHERE published.puballtables")
              + "\n# "
              + hash(
                  "published.objid",
                  "pg_depend AS published WHERE " + PublicationGuard.OF_OUR_SCHEMAS);
      case VIEWS -> views(scope);
    };
  }

  private static String columns(FingerprintScope scope) {
    return hash(
        """
        attribute.attnum, attribute.atttypid, attribute.atttypmod, attribute.attcollation,
        attribute.attnotnull, attribute.xmin\
        """,
        """
        pg_attribute AS attribute
        WHERE attribute.attrelid = %d AND attribute.attnum = ANY (%s::int2[])
          AND NOT attribute.attisdropped\
        """
            .formatted(scope.relationOid(), array(scope.attributeNumbers())));
  }

  private static String constraints(FingerprintScope scope) {
    String declared =
        hash(
            """
            declared.oid, declared.contype, declared.convalidated, declared.condeferrable,
            declared.conkey::text, declared.confrelid, declared.confkey::text\
            """,
            """
            pg_constraint AS declared
            WHERE declared.conrelid = %d AND declared.contype IN ('p', 'u', 'f')\
            """
                .formatted(scope.relationOid()));
    String indexes =
        hash(
            """
            declared.indexrelid, declared.indkey::text, declared.indimmediate,
            declared.indisvalid, declared.indpred IS NULL\
            """,
            """
            pg_index AS declared
            WHERE declared.indrelid = %d AND declared.indisunique\
            """
                .formatted(scope.relationOid()));
    return declared + "\n# " + indexes;
  }

  private static String relation(FingerprintScope scope) {
    String itself =
        hash(
            """
            class.oid, class.relname, class.relnamespace, class.relkind, class.relowner, class.relpersistence,
            class.relrowsecurity, class.relforcerowsecurity, class.relispartition\
            """,
            "pg_class AS class WHERE class.oid = " + scope.relationOid());
    String children =
        switch (scope.extent()) {
          case ITSELF ->
              hash(
                  "tree.inhrelid, tree.inhparent",
                  "pg_inherits AS tree WHERE tree.inhparent = " + scope.relationOid());
          case WITH_DESCENDANTS ->
              hashOfTree(scope, "class.oid, class.relkind, class.relpersistence");
        };
    String parents =
        hash(
            "tree.inhrelid, tree.inhparent",
            "pg_inherits AS tree WHERE tree.inhrelid = " + scope.relationOid());
    return itself + "\n# " + children + "\n# " + parents;
  }

  /** Over all members of the tree. */
  private static String hashOfTree(FingerprintScope scope, String fields) {
    return """
    (WITH RECURSIVE %s
     SELECT coalesce(bit_xor(hash_record_extended(ROW(%s), 0)), 0)
     FROM tree JOIN pg_class AS class ON class.oid = tree.member)\
    """
        .formatted(SourceTree.membersOf(scope.relationOid() + "::oid"), fields);
  }

  private static String functions(FingerprintScope scope) {
    return scope.functions().isEmpty()
        ? "0"
        : hash(
            "called.oid, called.xmin",
            "pg_proc AS called WHERE called.oid = ANY (%s::oid[])"
                .formatted(array(scope.functions())));
  }

  private static String types(FingerprintScope scope) {
    if (scope.types().isEmpty()) {
      return "0";
    }
    String oids = array(scope.types());
    return String.join(
        "\n# ",
        hash(
            "used.oid, used.xmin",
            "pg_type AS used WHERE used.oid = ANY (%s::oid[])".formatted(oids)),
        hash(
            "label.oid, label.xmin",
            "pg_enum AS label WHERE label.enumtypid = ANY (%s::oid[])".formatted(oids)),
        hash(
            "checked.oid, checked.xmin",
            "pg_constraint AS checked WHERE checked.contypid = ANY (%s::oid[])".formatted(oids)),
        hash(
            "field.attrelid, field.attnum, field.xmin",
            """
            pg_type AS used
            JOIN pg_attribute AS field ON field.attrelid = used.typrelid AND field.attnum > 0
            WHERE used.oid = ANY (%s::oid[]) AND used.typrelid <> 0\
            """
                .formatted(oids)));
  }

  /** The version that the library has now, for the collations of the columns. */
  private static String collations(FingerprintScope scope) {
    return hash(
        "attribute.attnum, used.oid, used.xmin, pg_collation_actual_version(used.oid)",
        """
        pg_attribute AS attribute
        JOIN pg_collation AS used ON used.oid = attribute.attcollation
        WHERE attribute.attrelid = %d AND attribute.attnum = ANY (%s::int2[])
          AND attribute.attcollation <> 0\
        """
            .formatted(scope.relationOid(), array(scope.attributeNumbers())));
  }

  /** Their queries were put in their place, so a refresh never runs a view itself. */
  private static String views(FingerprintScope scope) {
    if (scope.views().isEmpty()) {
      return "0";
    }
    String oids = array(scope.views());
    return hash(
            "class.oid, class.relname, class.relnamespace, class.relowner, class.reloptions::text",
            "pg_class AS class WHERE class.oid = ANY (%s::oid[])".formatted(oids))
        + "\n# "
        + hash(
            "rule.oid, rule.xmin",
            "pg_rewrite AS rule WHERE rule.ev_class = ANY (%s::oid[])".formatted(oids))
        + "\n# "
        + hash(
            "attribute.attrelid, attribute.attnum, attribute.attname",
            """
            pg_attribute AS attribute
            WHERE attribute.attrelid = ANY (%s::oid[]) AND attribute.attnum > 0\
            """
                .formatted(oids));
  }

  private static String hash(String fields, String from) {
    return """
    (SELECT coalesce(bit_xor(hash_record_extended(ROW(%s), 0)), 0)
     FROM %s)\
    """
        .formatted(fields.strip(), from.strip());
  }

  private static String array(Collection<? extends Number> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "'{", "}'"));
  }
}
