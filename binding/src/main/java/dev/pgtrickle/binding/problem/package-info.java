/** What can be wrong with a resource, and where in it. */
@NullMarked
package dev.pgtrickle.binding.problem;

import org.jspecify.annotations.NullMarked;
