/**
 * Real servers for tests and the demo: embedded PostgreSQL 14 to 18. Knows nothing of the product.
 */
@NullMarked
package dev.pgtrickle.testbed;

import org.jspecify.annotations.NullMarked;
