/** Threads of a stress that begin and end together. */
@NullMarked
package dev.pgtrickle.cli.stress.crew;

import org.jspecify.annotations.NullMarked;
