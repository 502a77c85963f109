/** The engines: one for each database that a resource names. */
@NullMarked
package dev.pgtrickle.operator.database;

import org.jspecify.annotations.NullMarked;
