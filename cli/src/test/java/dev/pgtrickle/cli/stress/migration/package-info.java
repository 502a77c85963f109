/** An application's migrations beside the product, and who waits for whom. */
@NullMarked
package dev.pgtrickle.cli.stress.migration;

import org.jspecify.annotations.NullMarked;
