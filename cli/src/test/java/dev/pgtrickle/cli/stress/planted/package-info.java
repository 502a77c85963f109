/** A worker with a known bug, which the stress has to find. */
@NullMarked
package dev.pgtrickle.cli.stress.planted;

import org.jspecify.annotations.NullMarked;
