/** Whether objects and programs of the last release get on with today's definitions. */
@NullMarked
package dev.pgtrickle.crds.compatibility;

import org.jspecify.annotations.NullMarked;
