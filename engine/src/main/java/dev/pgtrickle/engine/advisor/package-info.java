/**
 * What may be worth knowing of a query: which stream table already has its rows, and where its
 * columns come from. It decides nothing: no other package of the engine may depend on it.
 */
@NullMarked
package dev.pgtrickle.engine.advisor;

import org.jspecify.annotations.NullMarked;
