/** Stable error codes and the one exception type that users meet. */
@NullMarked
package dev.pgtrickle.engine.error;

import org.jspecify.annotations.NullMarked;
