/** Facts of pg_catalog: tables, columns, types, keys, functions. */
@NullMarked
package dev.pgtrickle.engine.relations;

import org.jspecify.annotations.NullMarked;
