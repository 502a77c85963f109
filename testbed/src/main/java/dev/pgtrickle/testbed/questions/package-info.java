/** Queries of well-known benchmarks, each with its name. */
@NullMarked
package dev.pgtrickle.testbed.questions;

import org.jspecify.annotations.NullMarked;
