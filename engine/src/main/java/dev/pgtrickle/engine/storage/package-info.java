/** Storage tables, read-only views and their guards (DDL primitives, P8). */
@NullMarked
package dev.pgtrickle.engine.storage;

import org.jspecify.annotations.NullMarked;
