/**
 * Our registry in the database: migrations, rows of tables, sources, frontiers, requests, history.
 */
@NullMarked
package dev.pgtrickle.engine.catalog;

import org.jspecify.annotations.NullMarked;
