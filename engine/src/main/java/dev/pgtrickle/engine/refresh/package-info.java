/** One refresh: the transaction, the mode, the apply. */
@NullMarked
package dev.pgtrickle.engine.refresh;

import org.jspecify.annotations.NullMarked;
