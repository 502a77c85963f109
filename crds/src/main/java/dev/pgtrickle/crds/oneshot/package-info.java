/** What the kinds share that act once: Snapshot and Restore. */
@NullMarked
package dev.pgtrickle.crds.oneshot;

import org.jspecify.annotations.NullMarked;
