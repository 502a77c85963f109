/** Pure decisions about what is due. */
@NullMarked
package dev.pgtrickle.engine.schedule;

import org.jspecify.annotations.NullMarked;
