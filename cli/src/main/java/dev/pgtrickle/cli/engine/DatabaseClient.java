package dev.pgtrickle.cli.engine;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.RefreshReport;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.engine.runtime.WorkerPresence;
import dev.pgtrickle.engine.verify.VerificationResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the commands ask of a database that somebody else may own. */
public interface DatabaseClient extends AutoCloseable {

  List<StreamTableReport> report();

  WorkerPresence worker();

  RefreshReport refresh(QualifiedName relation, Optional<RefreshMode> mode, Duration patience);

  VerificationResult verify(QualifiedName relation);

  void uninstall();

  @Override
  void close();
}
