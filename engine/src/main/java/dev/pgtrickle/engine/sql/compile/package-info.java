/**
 * From a query's text to a normalised, typed plan, with errors at their place in the user's text.
 */
@NullMarked
package dev.pgtrickle.engine.sql.compile;

import org.jspecify.annotations.NullMarked;
