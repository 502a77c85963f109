/** Whether the same few changes cost the same when the tables are larger. */
@NullMarked
package dev.pgtrickle.cli.bench.growth;

import org.jspecify.annotations.NullMarked;
