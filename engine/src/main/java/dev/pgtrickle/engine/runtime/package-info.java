/** Workers, wake-up, retry, and the facade that operator and CLI drive. */
@NullMarked
package dev.pgtrickle.engine.runtime;

import org.jspecify.annotations.NullMarked;
