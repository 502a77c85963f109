package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Operator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * What Calcite takes for unique keys: a second opinion to compare our own with. Calcite never gets
 * to see a lateral join, of whose keys it has a wrong idea.
 */
public final class KeyOpinion {

  private KeyOpinion() {}

  /** Sets of columns in which no two rows agree, if Calcite is right. */
  public static List<Set<ColumnId>> of(Operator plan) {
    RelNode tree = new Substitution(RelationalView.Keys.SHOWN).tree(plan);
    Set<ImmutableBitSet> found = tree.getCluster().getMetadataQuery().getUniqueKeys(tree);
    List<Set<ColumnId>> keys = new ArrayList<>();
    if (found != null) {
      for (ImmutableBitSet columns : found) {
        Set<ColumnId> key = new LinkedHashSet<>();
        columns.forEach(index -> key.add(plan.columns().get(index).id()));
        keys.add(key);
      }
    }
    return List.copyOf(keys);
  }
}
