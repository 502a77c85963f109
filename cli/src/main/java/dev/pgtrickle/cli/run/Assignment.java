package dev.pgtrickle.cli.run;

import dev.pgtrickle.binding.manifest.Manifests;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import java.util.List;

/** The tables of one database. */
public record Assignment(ConnectionTarget target, List<Manifests.Declared> tables) {

  public Assignment {
    tables = List.copyOf(tables);
  }
}
