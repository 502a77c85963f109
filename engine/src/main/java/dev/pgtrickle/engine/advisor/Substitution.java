package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.Operator;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptMaterialization;
import org.apache.calcite.plan.RelOptMaterializations;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rex.RexBuilder;

/** Asks Calcite whether a tree can be computed from the rows of a stream table. */
final class Substitution {
  private final RelOptCluster cluster;
  private final RelationalView view;

  Substitution() {
    PostgresTypes types = new PostgresTypes();
    this.cluster =
        RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), new RexBuilder(types));
    RelMetadataQueryBase.THREAD_PROVIDERS.set(
        JaninoRelMetadataProvider.of(cluster.getMetadataProvider()));
    this.view = new RelationalView(cluster, types);
  }

  RelNode tree(Operator plan) {
    return view.of(plan);
  }

  /** The same rows with the stream table in the place of what it has; empty if it has nothing. */
  Optional<RelNode> answered(RelNode query, KnownStreamTable known) {
    RelNode definition = view.of(known.plan());
    RelNode table =
        view.table(known.name().quoted(), view.rowType(known.plan().columns()), List.of());
    RelOptMaterialization materialization =
        new RelOptMaterialization(table, definition, null, List.of(known.name().quoted()));
    return RelOptMaterializations.useMaterializedViews(query, List.of(materialization)).stream()
        .map(found -> found.left)
        .findFirst();
  }
}
