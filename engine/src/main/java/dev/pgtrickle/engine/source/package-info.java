/** The records that plan and capture share; neither knows the other. */
@NullMarked
package dev.pgtrickle.engine.source;

import org.jspecify.annotations.NullMarked;
