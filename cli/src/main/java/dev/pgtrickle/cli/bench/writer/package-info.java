/** What capture costs whoever writes to a source table. */
@NullMarked
package dev.pgtrickle.cli.bench.writer;

import org.jspecify.annotations.NullMarked;
