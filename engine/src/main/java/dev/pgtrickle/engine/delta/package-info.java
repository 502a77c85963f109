/** One class a delta rule, found by one exhaustive switch. */
@NullMarked
package dev.pgtrickle.engine.delta;

import org.jspecify.annotations.NullMarked;
