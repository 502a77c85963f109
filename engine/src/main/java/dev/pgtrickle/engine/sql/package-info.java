/** From SQL text to the algebra: PostgreSQL canonicalises, our parser reads, the resolver binds. */
@NullMarked
package dev.pgtrickle.engine.sql;

import org.jspecify.annotations.NullMarked;
