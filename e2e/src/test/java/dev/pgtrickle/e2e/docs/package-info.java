/** The pages that a newcomer follows, executed. */
@NullMarked
package dev.pgtrickle.e2e.docs;

import org.jspecify.annotations.NullMarked;
