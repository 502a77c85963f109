/**
 * From a commit to the moment when readers see it, against the best SQL that a person would write.
 */
@NullMarked
package dev.pgtrickle.cli.bench.latency;

import org.jspecify.annotations.NullMarked;
