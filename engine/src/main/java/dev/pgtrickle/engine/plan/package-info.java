/** From the algebra to readable statements: storage, load, delta, apply. */
@NullMarked
package dev.pgtrickle.engine.plan;

import org.jspecify.annotations.NullMarked;
