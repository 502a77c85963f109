/** What a user asked for, with every default filled in. */
@NullMarked
package dev.pgtrickle.engine.definition;

import org.jspecify.annotations.NullMarked;
