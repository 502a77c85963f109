/**
 * Tables, rows, changes and questions in the shape of TPC-H, at any size. Knows nothing of the
 * product.
 */
@NullMarked
package dev.pgtrickle.testbed.tpch;

import org.jspecify.annotations.NullMarked;
