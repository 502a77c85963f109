/**
 * Tables, rows, changes and queries in the shape of Nexmark, at any size. Knows nothing of the
 * product.
 */
@NullMarked
package dev.pgtrickle.testbed.nexmark;

import org.jspecify.annotations.NullMarked;
