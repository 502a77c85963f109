package dev.pgtrickle.engine.capture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * P7 at a small part of its price: one number over the versions of all catalog rows that the {@link
 * Fingerprint} of a storage version and the {@link CaptureStamp}s of its sources speak of, but for
 * the capture functions, which we replace ourselves whenever a buffer is changed. Whoever writes
 * such a row leaves another xmin, so an equal number says that all of them are as they were, and
 * nothing else need be looked at. A different one says nothing: a GRANT leaves one too. Then the
 * stamps and the fingerprint themselves are read.
 */
public class CatalogTrace {

  /** A SELECT of one bigint, for all sources of a storage version together. */
  final String query(List<SourceStates.Expected> sources) {
    return """
    SELECT coalesce(bit_xor(hash_record_extended(ROW(part.*), 0)), 0) AS number
    FROM (
      %s
    ) AS part (catalog, object, place, version, library)\
    """
        .formatted(String.join("\n  UNION ALL ", parts(sources)));
  }

  /**
   * The rows of one catalog each: what row, in what version. What is read is read for all sources
   * at once; that some rows matter to nobody does no harm.
   */
  List<String> parts(List<SourceStates.Expected> sources) {
    List<FingerprintScope> scopes = sources.stream().map(SourceStates.Expected::scope).toList();
    List<String> parts = new ArrayList<>();
    Collection<Long> relations = all(scopes, scope -> Set.of(scope.relationOid()));
    ofRelations(parts, relations);
    ofColumns(parts, relations, columns(sources));
    parts.add(rows("oid, 0", "pg_trigger", among("tgrelid", relations)));
    parts.add(rows("oid, 0", "pg_publication", "puballtables"));
    Collection<Long> functions = all(scopes, FingerprintScope::functions);
    if (!functions.isEmpty()) {
      parts.add(rows("oid, 0", "pg_proc", among("oid", functions)));
    }
    ofTypes(parts, all(scopes, FingerprintScope::types));
    ofViews(parts, all(scopes, FingerprintScope::views));
    return parts;
  }

  /** Those that the query reads, and those that the capture functions name. */
  private static SortedSet<Integer> columns(List<SourceStates.Expected> sources) {
    SortedSet<Integer> numbers = new TreeSet<>();
    sources.forEach(source -> {
      numbers.addAll(source.scope().attributeNumbers());
      numbers.addAll(source.window().columns().keySet());
    });
    return numbers;
  }

  private static Collection<Long> all(
      List<FingerprintScope> scopes, Function<FingerprintScope, Collection<Long>> oids) {
    return scopes.stream()
        .flatMap(scope -> oids.apply(scope).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void ofRelations(List<String> parts, Collection<Long> oids) {
    parts.add(rows("oid, 0", "pg_class", among("oid", oids)));
    parts.add(rows("oid, 0", "pg_constraint", among("conrelid", oids)));
    parts.add(rows("indexrelid, 0", "pg_index", among("indrelid", oids)));
    parts.add(rows("inhrelid, 0", "pg_inherits", among("inhparent", oids)));
    parts.add(rows("inhparent, inhseqno", "pg_inherits", among("inhrelid", oids)));
  }

  private static void ofColumns(
      List<String> parts, Collection<Long> relations, SortedSet<Integer> numbers) {
    String columns =
        "%s AND attnum = ANY (%s::int2[])".formatted(among("attrelid", relations), array(numbers));
    parts.add(rows("attrelid, attnum", "pg_attribute", columns));
    // The library may be another one without a trace in the catalog.
    parts.add(
        """
        SELECT used.tableoid, used.oid, attnum, used.xmin, pg_collation_actual_version(used.oid)
          FROM pg_attribute JOIN pg_collation AS used ON used.oid = attcollation
          WHERE %s AND attcollation <> 0\
        """
            .formatted(columns));
  }

  private static void ofTypes(List<String> parts, Collection<Long> types) {
    if (!types.isEmpty()) {
      parts.add(rows("oid, 0", "pg_type", among("oid", types)));
      parts.add(rows("oid, 0", "pg_enum", among("enumtypid", types)));
      parts.add(rows("oid, 0", "pg_constraint", among("contypid", types)));
      parts.add(
          """
          SELECT field.tableoid, attrelid, attnum, field.xmin, NULL
            FROM pg_type AS used JOIN pg_attribute AS field ON attrelid = used.typrelid AND attnum > 0
            WHERE %s AND used.typrelid <> 0\
          """
              .formatted(among("used.oid", types)));
    }
  }

  private static void ofViews(List<String> parts, Collection<Long> views) {
    if (!views.isEmpty()) {
      parts.add(rows("oid, 0", "pg_class", among("oid", views)));
      parts.add(rows("oid, 0", "pg_rewrite", among("ev_class", views)));
      parts.add(
          rows("attrelid, attnum", "pg_attribute", among("attrelid", views) + " AND attnum > 0"));
    }
  }

  private static String rows(String identity, String catalog, String condition) {
    return "SELECT tableoid, %s, xmin, NULL::text FROM %s WHERE %s"
        .formatted(identity, catalog, condition);
  }

  static String among(String column, Collection<Long> oids) {
    return oids.size() == 1
        ? "%s = %d".formatted(column, oids.iterator().next())
        : "%s = ANY (%s::oid[])".formatted(column, array(oids));
  }

  private static String array(Collection<? extends Number> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "'{", "}'"));
  }
}
