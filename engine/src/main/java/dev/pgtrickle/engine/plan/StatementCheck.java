package dev.pgtrickle.engine.plan;

/** A property that every generated statement must have; a violation is a defect of ours. */
@FunctionalInterface
interface StatementCheck {

  /** Throws when the statement lacks the property. */
  void check(MaintenancePlan plan, String statement);
}
