/** Triggers, buffers, pins, horizons, janitor: takes a source requirement, gives a window. */
@NullMarked
package dev.pgtrickle.engine.capture;

import org.jspecify.annotations.NullMarked;
