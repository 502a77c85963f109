/** The Snapshot resource: one consistent copy of some stream tables, taken once. */
@NullMarked
package dev.pgtrickle.crds.snapshot;

import org.jspecify.annotations.NullMarked;
