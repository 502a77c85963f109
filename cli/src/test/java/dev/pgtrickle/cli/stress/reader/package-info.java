/** Readers that check the totals at every moment and hold old snapshots. */
@NullMarked
package dev.pgtrickle.cli.stress.reader;

import org.jspecify.annotations.NullMarked;
