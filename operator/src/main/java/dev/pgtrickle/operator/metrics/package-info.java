/** Figures for Prometheus. */
@NullMarked
package dev.pgtrickle.operator.metrics;

import org.jspecify.annotations.NullMarked;
