/** When a status is worth a write. */
@NullMarked
package dev.pgtrickle.operator.status;

import org.jspecify.annotations.NullMarked;
