package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.source.Extent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * P7 at a small part of its price: one number a source over the versions of all catalog rows that
 * its {@link Fingerprint} and its {@link CaptureStamp} speak of, but for the capture functions,
 * which we replace ourselves whenever a buffer is changed. Whoever writes such a row leaves another
 * xmin, so an equal number says that all of them are as they were, and nothing else need be looked
 * at. A different one says nothing: a GRANT leaves one too. Then the stamps and the fingerprint
 * themselves are read.
 *
 * <p>What is read is read for all sources at once, and added up by relation, so that the number of
 * a source does not depend on what it is asked for together with.
 */
public class CatalogTrace {
  private static final String NO_LIBRARY = "NULL::text";

  /** Common tables that {@link #number} refers to. */
  final List<String> commonTables(List<SourceStates.Reader> readers) {
    List<SourceStates.Expected> sources =
        readers.stream().flatMap(reader -> reader.sources().stream()).toList();
    List<String> tables = new ArrayList<>();
    trees(sources).ifPresent(tables::add);
    tables.add(
        "traces AS MATERIALIZED (\nSELECT part.relation, %s AS number\n%s\nGROUP BY part.relation\n)"
            .formatted(hash(), from("relation, ", ofRelations(sources))));
    tables.add(
        "everywhere AS MATERIALIZED (\nSELECT coalesce(%s, 0) AS number\n%s\n)"
            .formatted(
                hash(),
                from(
                    "",
                    List.of(
                        rows("oid, 0", "pg_publication", "puballtables"),
                        rows(
                            "objid, 0",
                            "pg_depend AS published",
                            PublicationGuard.OF_OUR_SCHEMAS)))));
    for (SourceStates.Reader reader : readers) {
      List<String> used = used(reader.sources());
      if (!used.isEmpty()) {
        tables.add(
            "used_by_%d AS MATERIALIZED (\nSELECT coalesce(%s, 0) AS number\n%s\n)"
                .formatted(reader.versionId(), hash(), from("", used)));
      }
    }
    return tables;
  }

  /** The members of the sources that have tables below them, each with its source. */
  private static Optional<String> trees(List<SourceStates.Expected> sources) {
    Collection<Long> roots = withDescendants(sources);
    return roots.isEmpty()
        ? Optional.empty()
        : Optional.of(
            """
            trees (relation, member) AS (
            SELECT root, root FROM unnest(%s::oid[]) AS root
            UNION
            SELECT trees.relation, link.inhrelid
            FROM trees JOIN pg_inherits AS link ON link.inhparent = trees.member
            )\
            """
                .formatted(array(roots)));
  }

  private static Collection<Long> withDescendants(List<SourceStates.Expected> sources) {
    return sources.stream()
        .map(SourceStates.Expected::scope)
        .filter(scope -> scope.extent() == Extent.WITH_DESCENDANTS)
        .map(FingerprintScope::relationOid)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The number of one source of a storage version, as an expression. */
  final String number(SourceStates.Reader reader, SourceStates.Expected source) {
    String number =
        "coalesce((SELECT number FROM traces WHERE relation = %d), 0) # (SELECT number FROM everywhere)"
            .formatted(source.scope().relationOid());
    return used(reader.sources()).isEmpty()
        ? number
        : number + " # (SELECT number FROM used_by_%d)".formatted(reader.versionId());
  }

  private static String hash() {
    return "bit_xor(hash_record_extended(ROW(part.catalog, part.object, part.place, part.version,"
        + " part.library), 0))";
  }

  private static String from(String first, List<String> parts) {
    return """
    FROM (
      %s
    ) AS part (%scatalog, object, place, version, library)\
    """
        .formatted(String.join("\n  UNION ALL ", parts), first);
  }

  /** The rows of one catalog each: of which relation, what row, in what version. */
  List<String> ofRelations(List<SourceStates.Expected> sources) {
    Collection<Long> relations = oids(sources, scope -> List.of(scope.relationOid()));
    List<String> parts = new ArrayList<>();
    parts.add(ofRelation("oid", "oid, 0", "pg_class", relations));
    parts.add(ofRelation("conrelid", "oid, 0", "pg_constraint", relations));
    parts.add(ofRelation("indrelid", "indexrelid, 0", "pg_index", relations));
    parts.add(ofRelation("inhparent", "inhrelid, 0", "pg_inherits", relations));
    parts.add(ofRelation("inhrelid", "inhparent, inhseqno", "pg_inherits", relations));
    parts.add(ofRelation("tgrelid", "oid, 0", "pg_trigger", relations));
    // All columns, whoever reads which of them.
    parts.add(
        ofRelation("attrelid", "attrelid, attnum", "pg_attribute", relations) + " AND attnum > 0");
    if (!withDescendants(sources).isEmpty()) {
      parts.add(below("oid", "oid, 0", "pg_class"));
      parts.add(below("inhparent", "inhrelid, 0", "pg_inherits"));
      parts.add(below("tgrelid", "oid, 0", "pg_trigger"));
    }
    // The library may be another one without a trace in the catalog.
    parts.add(
        """
        SELECT attrelid, used.tableoid, used.oid, 0, used.xmin, pg_collation_actual_version(used.oid)
          FROM (SELECT DISTINCT attrelid, attcollation FROM pg_attribute
                WHERE %s AND attnum > 0 AND attcollation <> 0) AS compared
          JOIN pg_collation AS used ON used.oid = attcollation\
        """
            .formatted(among("attrelid", relations)));
    return parts;
  }

  /** The rows that belong to no relation of the sources: what the query uses beside them. */
  List<String> used(List<SourceStates.Expected> sources) {
    List<String> parts = new ArrayList<>();
    Collection<Long> functions = oids(sources, FingerprintScope::functions);
    if (!functions.isEmpty()) {
      parts.add(rows("oid, 0", "pg_proc", among("oid", functions)));
    }
    Collection<Long> types = oids(sources, FingerprintScope::types);
    if (!types.isEmpty()) {
      parts.addAll(ofTypes(types));
    }
    Collection<Long> views = oids(sources, FingerprintScope::views);
    if (!views.isEmpty()) {
      parts.add(rows("oid, 0", "pg_class", among("oid", views)));
      parts.add(rows("oid, 0", "pg_rewrite", among("ev_class", views)));
      parts.add(
          rows("attrelid, attnum", "pg_attribute", among("attrelid", views) + " AND attnum > 0"));
    }
    return parts;
  }

  private static List<String> ofTypes(Collection<Long> types) {
    return List.of(
        rows("oid, 0", "pg_type", among("oid", types)),
        rows("oid, 0", "pg_enum", among("enumtypid", types)),
        rows("oid, 0", "pg_constraint", among("contypid", types)),
        """
        SELECT field.tableoid, attrelid, attnum, field.xmin, NULL::text
          FROM pg_type AS used JOIN pg_attribute AS field ON attrelid = used.typrelid AND attnum > 0
          WHERE %s AND used.typrelid <> 0\
        """
            .formatted(among("used.oid", types)));
  }

  private static Collection<Long> oids(
      List<SourceStates.Expected> sources, Function<FingerprintScope, Collection<Long>> oids) {
    return sources.stream()
        .flatMap(source -> oids.apply(source.scope()).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String ofRelation(
      String relation, String identity, String catalog, Collection<Long> relations) {
    return "SELECT %s, tableoid, %s, xmin, %s FROM %s WHERE %s"
        .formatted(relation, identity, NO_LIBRARY, catalog, among(relation, relations));
  }

  /** The source itself is among all relations; a row that were read twice would cancel out. */
  private static String below(String member, String identity, String catalog) {
    return """
    SELECT relation, %1$s.tableoid, %2$s, %1$s.xmin, %3$s
      FROM trees JOIN %1$s ON %4$s = member
      WHERE member <> relation\
    """
        .formatted(catalog, identity, NO_LIBRARY, member);
  }

  private static String rows(String identity, String catalog, String condition) {
    return "SELECT tableoid, %s, xmin, %s FROM %s WHERE %s"
        .formatted(identity, NO_LIBRARY, catalog, condition);
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
