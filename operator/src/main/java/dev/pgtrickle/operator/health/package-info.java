/** Whether the process should get traffic, or be started anew. */
@NullMarked
package dev.pgtrickle.operator.health;

import org.jspecify.annotations.NullMarked;
