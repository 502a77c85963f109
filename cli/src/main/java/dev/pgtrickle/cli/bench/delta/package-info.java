/** What a refresh costs by the changes, against everything else that could be done. */
@NullMarked
package dev.pgtrickle.cli.bench.delta;

import org.jspecify.annotations.NullMarked;
