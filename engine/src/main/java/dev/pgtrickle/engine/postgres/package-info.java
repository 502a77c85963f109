/**
 * Connections, pinned sessions, quoting, SQLSTATE and the fenced snapshot transaction (P1, P2, P5,
 * P13): everything that speaks to PostgreSQL begins here.
 */
@NullMarked
package dev.pgtrickle.engine.postgres;

import org.jspecify.annotations.NullMarked;
