/** A table against its query, compared by image in one snapshot. */
@NullMarked
package dev.pgtrickle.engine.verify;

import org.jspecify.annotations.NullMarked;
