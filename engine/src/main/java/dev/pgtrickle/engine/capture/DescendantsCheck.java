package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.BoundStatement;
import java.util.List;

/**
 * P6: a table that comes below a source while a refresh runs is read with it, since PostgreSQL
 * looks descendants up in the newest catalog, whatever the snapshot. Nothing keeps it from coming:
 * ATTACH PARTITION and INHERIT wait for no reader of the table above.
 */
public class DescendantsCheck {

  /**
   * For trip 2, just before COMMIT: raises {@link FunctionDefinitions#REPLACED} when rows may have
   * been read of a table that the snapshot knows nothing of. Overridden by planted bugs in tests.
   */
  public List<BoundStatement> beforeCommit(long relationOid) {
    return List.of(
        BoundStatement.of("SELECT pgtrickle.check_descendants(%d)".formatted(relationOid)));
  }
}
