/** Events that users read, deduplicated and limited. */
@NullMarked
package dev.pgtrickle.operator.event;

import org.jspecify.annotations.NullMarked;
