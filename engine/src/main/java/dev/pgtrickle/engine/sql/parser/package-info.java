/** Reads PostgreSQL's canonical text of a query into a syntax tree. */
@NullMarked
package dev.pgtrickle.engine.sql.parser;

import org.jspecify.annotations.NullMarked;
