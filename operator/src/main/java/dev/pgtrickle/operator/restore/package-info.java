/** The kind Restore, which comes with a later release. */
@NullMarked
package dev.pgtrickle.operator.restore;

import org.jspecify.annotations.NullMarked;
