/** What can be proven of a plan: each property is derived by a class of its own. */
@NullMarked
package dev.pgtrickle.engine.algebra.property;

import org.jspecify.annotations.NullMarked;
