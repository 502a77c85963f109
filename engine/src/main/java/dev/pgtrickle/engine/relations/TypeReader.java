package dev.pgtrickle.engine.relations;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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

  private static final String TYPES =
      """
      SELECT type.oid::bigint AS oid, type.typtype::text AS form, type.typbasetype::bigint AS base,
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
      WHERE type.oid = ANY (?::bigint[]::oid[])
      """
          .formatted(defaultClass("btree"), defaultClass("hash"));

  private final Connection connection;
  private final Map<Long, CatalogRow> rows = new HashMap<>();

  /** What pg_type and its neighbours say, before domains and arrays are looked through. */
  private record CatalogRow(
      String form,
      long base,
      long element,
      Length length,
      Equality equality,
      Hashing hashing,
      Optional<QualifiedName> send) {}

  public TypeReader(Connection connection) {
    this.connection = connection;
  }

  /** The facts of one type. */
  public TypeFacts read(long oid) throws SQLException {
    CatalogRow row = row(oid);
    Set<Long> definitions = new TreeSet<>();
    if (row.form().equals("d") || row.form().equals("e") || row.form().equals("c")) {
      definitions.add(oid);
    }
    if (row.form().equals("d")) {
      TypeFacts base = read(row.base());
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
    if (row.element() != 0) {
      TypeFacts element = read(row.element());
      definitions.addAll(element.definitions());
      return new TypeFacts(
          oid,
          oid,
          element.equality(),
          element.hashing(),
          Length.VARIABLE,
          row.send(),
          definitions);
    }
    return new TypeFacts(
        oid, oid, row.equality(), row.hashing(), row.length(), row.send(), definitions);
  }

  /** Reads many types in one trip; {@link #read} then finds them. */
  public void fetch(Collection<Long> oids) throws SQLException {
    Set<Long> unknown = new TreeSet<>(oids);
    unknown.removeAll(rows.keySet());
    if (unknown.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(TYPES)) {
      statement.setArray(1, connection.createArrayOf("bigint", unknown.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.put(row.getLong("oid"), catalogRow(row));
        }
      }
    }
  }

  private CatalogRow row(long oid) throws SQLException {
    fetch(List.of(oid));
    CatalogRow row = rows.get(oid);
    if (row == null) {
      throw new SQLException("type " + oid + " is gone", "42704");
    }
    return row;
  }

  private static CatalogRow catalogRow(ResultSet row) throws SQLException {
    String form = row.getString("form");
    String send = row.getString("send_name");
    return new CatalogRow(
        form,
        row.getLong("base"),
        row.getLong("element"),
        row.getBoolean("fixed") ? Length.FIXED : Length.VARIABLE,
        equality(row),
        row.getBoolean("hashable") && plain(form) ? Hashing.DIRECT : Hashing.BY_TEXT,
        send == null
            ? Optional.empty()
            : Optional.of(QualifiedName.of(row.getString("send_schema"), send)));
  }

  private static Equality equality(ResultSet row) throws SQLException {
    long oid = row.getLong("oid");
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
