/** What was done and what came out, asked of PostgreSQL without the engine's code. */
@NullMarked
package dev.pgtrickle.cli.stress.comparison;

import org.jspecify.annotations.NullMarked;
