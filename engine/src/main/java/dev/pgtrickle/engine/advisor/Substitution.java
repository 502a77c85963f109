package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.Operator;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptMaterialization;
import org.apache.calcite.plan.RelOptMaterializations;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rex.RexBuilder;

/**
 * Asks Calcite whether a tree can be computed from the rows of a stream table. Calcite proposes;
 * only what a {@link Trial} bears out is an answer.
 */
final class Substitution {
  private final RelOptCluster cluster;
  private final RelationalView view;

  Substitution() {
    this(RelationalView.Keys.HIDDEN);
  }

  Substitution(RelationalView.Keys keys) {
    PostgresTypes types = new PostgresTypes();
    this.cluster =
        RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), new RexBuilder(types));
    RelMetadataQueryBase.THREAD_PROVIDERS.set(
        JaninoRelMetadataProvider.of(cluster.getMetadataProvider()));
    this.view = new RelationalView(cluster, types, keys);
  }

  /**
   * The query's rows, computed from a stream table.
   *
   * @param streamTable its name in the tree
   */
  record Answer(RelNode tree, String streamTable) {

    boolean needsNothingElse() {
      return RelOptUtil.findAllTables(tree).stream()
          .allMatch(table -> table.getQualifiedName().getFirst().equals(streamTable));
    }
  }

  RelNode tree(Operator plan) {
    return view.of(plan);
  }

  /** The same rows with the stream table in the place of what it has; empty if it has nothing. */
  Optional<Answer> answer(Operator query, KnownStreamTable known) {
    RelNode wanted = view.of(query);
    RelNode definition = view.of(known.plan());
    // No relation is called so, and no query is written so.
    String name = "stream table " + known.name().quoted();
    Trial trial = new Trial(name, definition);
    return proposals(wanted, definition, name).stream()
        .filter(proposal -> trial.shows(wanted, proposal))
        .findFirst()
        .map(proposal -> new Answer(proposal, name));
  }

  private List<RelNode> proposals(RelNode wanted, RelNode definition, String name) {
    RelNode table = view.table(name, definition.getRowType(), List.of());
    RelOptMaterialization materialization =
        new RelOptMaterialization(table, definition, null, List.of(name));
    return RelOptMaterializations.useMaterializedViews(wanted, List.of(materialization)).stream()
        .map(found -> found.left)
        .toList();
  }
}
