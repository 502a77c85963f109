/**
 * A stand-in for CloudNativePG's controller. Nothing of CloudNativePG runs here: the resources,
 * their status and their timing are imitated from what the real one was seen to do, over real
 * PostgreSQL servers of the testbed.
 *
 * <p>There are no pods, no volumes, no backups and no webhooks. {@link
 * dev.pgtrickle.testbed.cnpg.StandInClusters} watches the Clusters of a namespace, {@link
 * dev.pgtrickle.testbed.cnpg.StandInCluster} is one of them.
 */
@NullMarked
package dev.pgtrickle.testbed.cnpg;

import org.jspecify.annotations.NullMarked;
