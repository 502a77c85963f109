package dev.pgtrickle.engine.relations;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.Set;

/**
 * A proof that rows differ in these columns where none of them is NULL: a valid, immediate unique
 * index on plain columns, without a predicate, by the columns' own equality.
 *
 * @param index the index's name
 */
public record UniqueKey(Identifier index, Set<Integer> attributeNumbers) {}
