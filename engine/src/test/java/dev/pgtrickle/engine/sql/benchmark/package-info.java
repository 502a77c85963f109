/** How long compiling takes and what a plan keeps; a program, not a test. */
@NullMarked
package dev.pgtrickle.engine.sql.benchmark;

import org.jspecify.annotations.NullMarked;
