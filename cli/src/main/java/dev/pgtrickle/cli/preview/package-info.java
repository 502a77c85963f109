/** Where the tables of a preview stand. */
@NullMarked
package dev.pgtrickle.cli.preview;

import org.jspecify.annotations.NullMarked;
