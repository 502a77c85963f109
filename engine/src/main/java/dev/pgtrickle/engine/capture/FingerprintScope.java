package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.source.Extent;
import java.util.List;
import java.util.SortedSet;

/**
 * What of the catalog the result of one stream table rests on, seen from one of its sources.
 *
 * @param extent whether the rows of tables below the source are read with it
 * @param attributeNumbers the columns of the source that the query reads
 * @param functions oids of the user functions that the query calls
 * @param types oids of the enum, domain and composite types that it uses
 * @param views oids of the views that it reads
 */
public record FingerprintScope(
    long relationOid,
    Extent extent,
    SortedSet<Integer> attributeNumbers,
    List<Long> functions,
    List<Long> types,
    List<Long> views) {}
