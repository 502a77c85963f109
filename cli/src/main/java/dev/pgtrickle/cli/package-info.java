/** The commands trickle and kubectl trickle. */
@NullMarked
package dev.pgtrickle.cli;

import org.jspecify.annotations.NullMarked;
