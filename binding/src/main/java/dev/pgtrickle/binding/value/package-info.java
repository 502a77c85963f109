/** What the texts of a manifest stand for: durations, sizes, names. One parser each. */
@NullMarked
package dev.pgtrickle.binding.value;

import org.jspecify.annotations.NullMarked;
