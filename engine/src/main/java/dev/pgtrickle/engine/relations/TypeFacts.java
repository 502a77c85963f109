package dev.pgtrickle.engine.relations;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.Optional;
import java.util.Set;

/**
 * What the engine must know of a type, with domains and arrays looked through.
 *
 * @param baseOid the type below all domains
 * @param equality of its default btree class, before collations are considered
 * @param sendFunction pg_type.typsend: the cheapest exact image of a value; empty where the type
 *     has none
 * @param length fixed for the types that always fit into an index entry
 * @param definitions oids of enum, domain and composite types that it rests on
 */
public record TypeFacts(
    long oid,
    long baseOid,
    Equality equality,
    Hashing hashing,
    Length length,
    Optional<QualifiedName> sendFunction,
    Set<Long> definitions) {

  /** The same of values of which more is known than their type says. */
  public TypeFacts with(Equality known) {
    return new TypeFacts(oid, baseOid, known, hashing, length, sendFunction, definitions);
  }
}
