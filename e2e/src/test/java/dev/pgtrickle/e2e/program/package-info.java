/** The programs of this checkout, as they are shipped. */
@NullMarked
package dev.pgtrickle.e2e.program;

import org.jspecify.annotations.NullMarked;
