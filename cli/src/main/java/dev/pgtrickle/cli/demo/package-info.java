/** A shop with live writes on an embedded PostgreSQL, for whoever has no database at hand. */
@NullMarked
package dev.pgtrickle.cli.demo;

import org.jspecify.annotations.NullMarked;
