package dev.pgtrickle.operator.cluster;

import dev.pgtrickle.cnpg.cluster.ClusterView;
import dev.pgtrickle.cnpg.primary.PrimaryState;
import java.time.Instant;
import java.util.Optional;

/**
 * How it stands with a Cluster.
 *
 * @param changedAt when its primary began to change the last time
 */
public record ClusterStanding(
    Optional<ClusterView> view, PrimaryState primary, Optional<Instant> changedAt) {}
