/** SQL text as words, by the rules of PostgreSQL's own scanner. */
@NullMarked
package dev.pgtrickle.engine.sql.token;

import org.jspecify.annotations.NullMarked;
