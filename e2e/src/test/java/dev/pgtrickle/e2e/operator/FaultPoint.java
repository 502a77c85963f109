package dev.pgtrickle.e2e.operator;

import dev.pgtrickle.engine.lifecycle.LifecyclePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place between two steps where a process can die.
 *
 * @param argument what the first argument of the method must be; empty = any
 */
record FaultPoint(
    Operation operation, String className, String methodName, Optional<String> argument) {

  /** What a user does meanwhile. */
  enum Operation {
    CREATE,
    CHANGE,
    DELETE,
    RETAIN
  }

  private static final String OPERATOR = "dev.pgtrickle.operator.";
  private static final List<LifecyclePoint> CREATING =
      List.of(
          LifecyclePoint.WANTED,
          LifecyclePoint.CAPTURED,
          LifecyclePoint.CREATED,
          LifecyclePoint.LOADED,
          LifecyclePoint.ATTACHED,
          LifecyclePoint.DRESSED,
          LifecyclePoint.SETTLED);
  private static final List<LifecyclePoint> CHANGING =
      List.of(
          LifecyclePoint.WANTED,
          LifecyclePoint.CAPTURED,
          LifecyclePoint.PINNED,
          LifecyclePoint.PREPARED,
          LifecyclePoint.LOADED,
          LifecyclePoint.ATTACHED,
          LifecyclePoint.DRESSED,
          LifecyclePoint.SETTLED,
          LifecyclePoint.BARRIER_PASSED,
          LifecyclePoint.VIEW_REPLACED);
  private static final List<LifecyclePoint> DELETING =
      List.of(
          LifecyclePoint.RELEASED,
          LifecyclePoint.VIEW_DROPPED,
          LifecyclePoint.FRONTIERS_FORGOTTEN,
          LifecyclePoint.CAPTURE_RELEASED,
          LifecyclePoint.REMOVED);
  private static final List<LifecyclePoint> RETAINING =
      List.of(
          LifecyclePoint.RELEASED,
          LifecyclePoint.FRONTIERS_FORGOTTEN,
          LifecyclePoint.CAPTURE_RELEASED,
          LifecyclePoint.RETIRED);

  /** Every boundary that the operator and the engine pass in what users do. */
  static List<FaultPoint> all() {
    List<FaultPoint> points = new ArrayList<>();
    CREATING.forEach(point -> points.add(engine(Operation.CREATE, point)));
    CHANGING.forEach(point -> points.add(engine(Operation.CHANGE, point)));
    DELETING.forEach(point -> points.add(engine(Operation.DELETE, point)));
    RETAINING.forEach(point -> points.add(engine(Operation.RETAIN, point)));
    // The Lease is taken, and nothing else is there.
    points.add(operator(Operation.CREATE, "database.StandardEngineOpener", "open"));
    // The definition was given to the engine, and nobody remembers it.
    points.add(operator(Operation.CREATE, "streamtable.GivenDefinitions", "remember"));
    points.add(operator(Operation.CHANGE, "streamtable.GivenDefinitions", "remember"));
    // The status is known and not written; it is written and not remembered.
    for (Operation operation : List.of(Operation.CREATE, Operation.CHANGE)) {
      points.add(operator(operation, "status.StatusApply", "write"));
      points.add(operator(operation, "streamtable.StatusBook", "written"));
    }
    for (Operation operation : List.of(Operation.DELETE, Operation.RETAIN)) {
      // The object is going, and nobody was asked yet; nothing is left but the finalizer.
      points.add(operator(operation, "streamtable.Leaver", "release"));
      points.add(operator(operation, "streamtable.Leaving", "over"));
    }
    return points;
  }

  private static FaultPoint engine(Operation operation, LifecyclePoint point) {
    return new FaultPoint(
        operation,
        "dev.pgtrickle.engine.lifecycle.StepListener",
        "lambda$silent$",
        Optional.of(point.name()));
  }

  private static FaultPoint operator(Operation operation, String className, String methodName) {
    return new FaultPoint(operation, OPERATOR + className, methodName, Optional.empty());
  }

  @Override
  public String toString() {
    return "%s at %s.%s%s"
        .formatted(
            operation,
            className.substring(className.lastIndexOf('.') + 1),
            methodName,
            argument.map(name -> " " + name).orElse(""));
  }
}
