/** Throws any bytes at the parser, guided by what they reach in it. */
@NullMarked
package dev.pgtrickle.engine.sql.fuzz;

import org.jspecify.annotations.NullMarked;
