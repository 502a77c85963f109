/**
 * From the syntax tree to the algebra: every name becomes the column, table or function it means.
 */
@NullMarked
package dev.pgtrickle.engine.sql.resolve;

import org.jspecify.annotations.NullMarked;
