/** On what the result of a function rests beside its arguments (P15). */
@NullMarked
package dev.pgtrickle.engine.sql.stability;

import org.jspecify.annotations.NullMarked;
