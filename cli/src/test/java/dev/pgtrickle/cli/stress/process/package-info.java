/** The real process of the product, and what happens to it and to the server. */
@NullMarked
package dev.pgtrickle.cli.stress.process;

import org.jspecify.annotations.NullMarked;
