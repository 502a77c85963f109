package dev.pgtrickle.engine.relations;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads types from the catalog and remembers them for the life of the reader. */
public final class TypeReader {
  /** bpchar: its {@code =} ignores trailing blanks. */
  private static final long BLANK_PADDED = 1042;

  /**
   * interval: PostgreSQL 14 to 16 register an equalimage function for it that the server itself no
   * longer believes, since '1 day' = '24 hours'.
   */
  private static final long INTERVAL = 1186;

  private static final String TYPE =
      """
      SELECT type.typtype::text AS form, type.typbasetype::bigint AS base,
        type.typlen > 0 AS fixed,
        CASE WHEN type.typsubscript = 'pg_catalog.array_subscript_handler'::regproc
          THEN type.typelem::bigint ELSE 0 END AS element,
        send_namespace.nspname AS send_schema, send.proname AS send_name,
        ordering.opcfamily IS NOT NULL AS ordered,
        EXISTS (
          SELECT FROM pg_catalog.pg_amproc AS support
          WHERE support.amprocfamily = ordering.opcfamily AND support.amprocnum = 4
            AND support.amproclefttype = ordering.opcintype
            AND support.amprocrighttype = ordering.opcintype) AS equal_image,
        EXISTS (
          SELECT FROM pg_catalog.pg_amproc AS support
          WHERE support.amprocfamily = hashing.opcfamily AND support.amprocnum = 2
            AND support.amproclefttype = hashing.opcintype
            AND support.amprocrighttype = hashing.opcintype) AS hashable
      FROM pg_catalog.pg_type AS type
      LEFT JOIN pg_catalog.pg_proc AS send ON send.oid = type.typsend
      LEFT JOIN pg_catalog.pg_namespace AS send_namespace ON send_namespace.oid = send.pronamespace
      LEFT JOIN LATERAL (%s) AS ordering ON true
      LEFT JOIN LATERAL (%s) AS hashing ON true
      WHERE type.oid = ?::bigint::oid
      """
          .formatted(defaultClass("btree"), defaultClass("hash"));

  private final Connection connection;
  private final Map<Long, TypeFacts> known = new HashMap<>();

  public TypeReader(Connection connection) {
    this.connection = connection;
  }

  public TypeFacts read(long oid) throws SQLException {
    TypeFacts remembered = known.get(oid);
    if (remembered != null) {
      return remembered;
    }
    try (PreparedStatement statement = connection.prepareStatement(TYPE)) {
      statement.setLong(1, oid);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("type " + oid + " is gone", "42704");
        }
        TypeFacts facts = facts(oid, row);
        known.put(oid, facts);
        return facts;
      }
    }
  }

  private TypeFacts facts(long oid, ResultSet row) throws SQLException {
    String form = row.getString("form");
    long element = row.getLong("element");
    Set<Long> definitions = new TreeSet<>();
    if (form.equals("d") || form.equals("e") || form.equals("c")) {
      definitions.add(oid);
    }
    if (form.equals("d")) {
      TypeFacts base = read(row.getLong("base"));
      definitions.addAll(base.definitions());
      return new TypeFacts(
          oid,
          base.baseOid(),
          base.equality(),
          base.hashing(),
          base.length(),
          base.sendFunction(),
          definitions);
    }
    Optional<QualifiedName> send =
        row.getString("send_name") == null
            ? Optional.empty()
            : Optional.of(
                QualifiedName.of(row.getString("send_schema"), row.getString("send_name")));
    if (element != 0) {
      TypeFacts ofElement = read(element);
      definitions.addAll(ofElement.definitions());
      return new TypeFacts(
          oid, oid, ofElement.equality(), ofElement.hashing(), Length.VARIABLE, send, definitions);
    }
    return new TypeFacts(
        oid,
        oid,
        equality(oid, row),
        row.getBoolean("hashable") && plain(form) ? Hashing.DIRECT : Hashing.BY_TEXT,
        row.getBoolean("fixed") ? Length.FIXED : Length.VARIABLE,
        send,
        definitions);
  }

  private static Equality equality(long oid, ResultSet row) throws SQLException {
    if (!row.getBoolean("ordered")) {
      return Equality.NONE;
    }
    return row.getBoolean("equal_image") && oid != BLANK_PADDED && oid != INTERVAL
        ? Equality.IDENTITY
        : Equality.COARSER;
  }

  /** Base types and enums; the parts of composites and ranges may lack a hash class. */
  private static boolean plain(String form) {
    return form.equals("b") || form.equals("e");
  }

  /** The default class as PostgreSQL finds it: its own, else that of a type it is stored like. */
  private static String defaultClass(String accessMethod) {
    return """
    SELECT class.opcfamily, class.opcintype
    FROM pg_catalog.pg_opclass AS class
    JOIN pg_catalog.pg_am AS method ON method.oid = class.opcmethod
    JOIN pg_catalog.pg_type AS input ON input.oid = class.opcintype
    WHERE method.amname = '%s' AND class.opcdefault
      AND (class.opcintype = type.oid
        OR (type.typtype = 'e' AND class.opcintype = 'pg_catalog.anyenum'::regtype)
        OR (type.typtype = 'c' AND class.opcintype = 'pg_catalog.record'::regtype)
        OR (type.typtype = 'r' AND class.opcintype = 'pg_catalog.anyrange'::regtype)
        OR (type.typtype = 'm' AND class.opcintype = 'pg_catalog.anymultirange'::regtype)
        OR EXISTS (
          SELECT FROM pg_catalog.pg_cast AS coercion
          WHERE coercion.castsource = type.oid AND coercion.casttarget = class.opcintype
            AND coercion.castmethod = 'b' AND coercion.castcontext = 'i'))
    ORDER BY class.opcintype = type.oid DESC, input.typispreferred DESC
    LIMIT 1\
    """
        .formatted(accessMethod);
  }
}
