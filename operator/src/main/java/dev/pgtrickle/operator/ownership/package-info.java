/** A Lease a database: which operator works in it. */
@NullMarked
package dev.pgtrickle.operator.ownership;

import org.jspecify.annotations.NullMarked;
