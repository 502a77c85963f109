package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.ProjectSet;
import java.util.List;

/**
 * A function that returns a set, in the SELECT list, is linear as any other expression is: each row
 * gives its set, with its weight.
 *
 * <pre>
 *   SELECT unnest(tags)
 *   before: __weight | tags        after: __weight | unnest
 *                 -1 | {a,b}                    -1 | a
 *                                               -1 | b
 * </pre>
 */
public final class ProjectSetDelta implements DeltaRule<ProjectSet> {
  private final DeltaRule<Project> project;

  public ProjectSetDelta(DeltaRule<Project> project) {
    this.project = project;
  }

  @Override
  public DeltaNode differentiate(ProjectSet sets, List<DeltaNode> inputs, DeltaContext context) {
    return project.differentiate(new Project(sets.input(), sets.computed()), inputs, context);
  }
}
