/** SQL expressions that draw a row's values by chance, the same ones for the same seed and key. */
@NullMarked
package dev.pgtrickle.testbed.draw;

import org.jspecify.annotations.NullMarked;
