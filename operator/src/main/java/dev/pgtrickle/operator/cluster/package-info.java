/** What is known of CloudNativePG's Clusters: their primaries, and when those change. */
@NullMarked
package dev.pgtrickle.operator.cluster;

import org.jspecify.annotations.NullMarked;
