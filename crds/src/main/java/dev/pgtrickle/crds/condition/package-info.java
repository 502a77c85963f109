/** Conditions: what the status of every kind says, in words that scripts may rely on. */
@NullMarked
package dev.pgtrickle.crds.condition;

import org.jspecify.annotations.NullMarked;
