/**
 * The syntax tree of a canonical query: structure where it matters, PostgreSQL's words elsewhere.
 */
@NullMarked
package dev.pgtrickle.engine.sql.tree;

import org.jspecify.annotations.NullMarked;
