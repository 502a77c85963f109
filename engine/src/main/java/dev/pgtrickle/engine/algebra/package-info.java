/** Sealed relational operators with scalars as PostgreSQL text, and their derived properties. */
@NullMarked
package dev.pgtrickle.engine.algebra;

import org.jspecify.annotations.NullMarked;
