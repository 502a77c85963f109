/**
 * Real PostgreSQL servers, 14 to 18, as child processes of this JVM.
 *
 * <p>{@link dev.pgtrickle.testbed.postgres.EmbeddedPostgres} is a server of one's own, for the demo
 * and for tests that stop or kill it. {@link dev.pgtrickle.testbed.postgres.TestDatabase} is a
 * fresh database on a server that all tests of a JVM share.
 */
@NullMarked
package dev.pgtrickle.testbed.postgres;

import org.jspecify.annotations.NullMarked;
