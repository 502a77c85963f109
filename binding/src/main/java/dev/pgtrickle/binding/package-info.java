/** From a manifest to the engine's definition: effective values, defaults, validation. */
@NullMarked
package dev.pgtrickle.binding;

import org.jspecify.annotations.NullMarked;
