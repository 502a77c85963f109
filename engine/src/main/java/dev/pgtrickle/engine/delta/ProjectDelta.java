package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A projection is linear: it is computed row by row and keeps the weights. Nothing is netted here;
 * two rows that become equal stay two.
 *
 * <pre>
 *   SELECT amount * 2 AS double
 *   before: __weight | id | amount      after: __weight | double
 *                 -1 |  7 |     10                   -1 |     20
 *                 +1 |  7 |     12                   +1 |     24
 * </pre>
 */
public final class ProjectDelta implements DeltaRule<Project> {

  @Override
  public DeltaNode differentiate(Project project, List<DeltaNode> inputs, DeltaContext context) {
    SignedInput input = SignedInput.only(inputs);
    String items =
        project.computed().stream()
            .map(computed ->
                ",\n  "
                    + computed.scalar().render(input.naming())
                    + " AS "
                    + computed.column().name().quoted())
            .collect(Collectors.joining());
    Identifier table =
        context.define(
            "project",
            "their expressions",
            "SELECT " + SignedInput.weight() + items + input.from());
    return new DeltaNode.SignedRows(table, project.columns());
  }
}
