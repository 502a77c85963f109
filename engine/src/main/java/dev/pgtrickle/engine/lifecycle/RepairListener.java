package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.List;

/** Told of what was put back to what it was. */
@FunctionalInterface
public interface RepairListener {
  void on(QualifiedName relation, List<Drift> drift);
}
