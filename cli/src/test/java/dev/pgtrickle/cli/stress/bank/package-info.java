/** What is written and watched: three tables, the totals that hold, the stream tables on them. */
@NullMarked
package dev.pgtrickle.cli.stress.bank;

import org.jspecify.annotations.NullMarked;
