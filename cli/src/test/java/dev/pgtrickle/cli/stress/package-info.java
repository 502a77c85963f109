/** The product under load, faults and rival writers: nothing lost, nothing seen half. */
@NullMarked
package dev.pgtrickle.cli.stress;

import org.jspecify.annotations.NullMarked;
