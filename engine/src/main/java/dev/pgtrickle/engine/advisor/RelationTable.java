package dev.pgtrickle.engine.advisor;

import java.util.List;
import org.apache.calcite.plan.RelOptAbstractTable;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** A relation, or a part of a plan that is none of Calcite's business, as a table with a name. */
final class RelationTable extends RelOptAbstractTable {
  private final List<ImmutableBitSet> keys;

  // A table need not belong to a schema; its class only forgot to say so.
  @SuppressWarnings("NullAway")
  RelationTable(String name, RelDataType rowType, List<ImmutableBitSet> keys) {
    super(null, name, rowType);
    this.keys = List.copyOf(keys);
  }

  @Override
  public boolean isKey(ImmutableBitSet columns) {
    return keys.stream().anyMatch(columns::contains);
  }

  @Override
  public @Nullable List<ImmutableBitSet> getKeys() {
    return keys;
  }
}
