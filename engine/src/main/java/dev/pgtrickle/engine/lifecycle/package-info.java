/** Creation, change and deletion of stream tables, decided from the registry. */
@NullMarked
package dev.pgtrickle.engine.lifecycle;

import org.jspecify.annotations.NullMarked;
