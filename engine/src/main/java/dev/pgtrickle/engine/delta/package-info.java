/**
 * One class a delta rule, found by one exhaustive switch: each yields common tables of signed rows,
 * restricted to what changed, see docs/adr/0006.
 */
@NullMarked
package dev.pgtrickle.engine.delta;

import org.jspecify.annotations.NullMarked;
