/** What this build would do with a query, said without doing anything. */
@NullMarked
package dev.pgtrickle.engine.preview;

import org.jspecify.annotations.NullMarked;
