/** What we read of CloudNativePG's Cluster, and nothing more of it. */
@NullMarked
package dev.pgtrickle.cnpg.cluster;

import org.jspecify.annotations.NullMarked;
