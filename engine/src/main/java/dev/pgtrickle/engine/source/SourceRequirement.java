package dev.pgtrickle.engine.source;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.SortedSet;

/**
 * What a plan needs to know of one base table: the columns whose changes matter. Written by the
 * plan, read by the capture; neither knows the other.
 *
 * @param relationOid the table
 * @param name its name when the query was analysed
 * @param attributeNumbers pg_attribute.attnum of the columns that the query reads (may be empty:
 *     {@code SELECT count(*)})
 */
public record SourceRequirement(
    long relationOid, QualifiedName name, SortedSet<Integer> attributeNumbers) {}
