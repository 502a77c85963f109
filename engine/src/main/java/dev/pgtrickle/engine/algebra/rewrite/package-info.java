/** Rewritings of plans: normalisation, which changes no result, and refinement, which picks one. */
@NullMarked
package dev.pgtrickle.engine.algebra.rewrite;

import org.jspecify.annotations.NullMarked;
