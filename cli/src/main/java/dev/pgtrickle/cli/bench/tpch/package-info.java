/** The questions of TPC-H while all their tables change, against materialized views. */
@NullMarked
package dev.pgtrickle.cli.bench.tpch;

import org.jspecify.annotations.NullMarked;
