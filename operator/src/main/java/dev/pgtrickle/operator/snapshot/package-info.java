/** The kind Snapshot, which comes with a later release. */
@NullMarked
package dev.pgtrickle.operator.snapshot;

import org.jspecify.annotations.NullMarked;
