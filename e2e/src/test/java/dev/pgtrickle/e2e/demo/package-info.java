/** {@code trickle demo} as users have it. */
@NullMarked
package dev.pgtrickle.e2e.demo;

import org.jspecify.annotations.NullMarked;
