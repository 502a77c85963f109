/** The ways in which applications write, a class each; every commit keeps the totals. */
@NullMarked
package dev.pgtrickle.cli.stress.writer;

import org.jspecify.annotations.NullMarked;
