package dev.pgtrickle.cli.engine;

import dev.pgtrickle.engine.advisor.StreamTableAdvice;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.preview.Preview;
import dev.pgtrickle.engine.preview.PreviewRequest;
import dev.pgtrickle.engine.preview.QueryPreviewer;
import dev.pgtrickle.engine.runtime.EngineClient;
import dev.pgtrickle.engine.runtime.EngineListener;
import dev.pgtrickle.engine.runtime.EngineOptions;
import dev.pgtrickle.engine.runtime.RefreshReport;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.runtime.StreamTableEngines;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.engine.runtime.WorkerPresence;
import dev.pgtrickle.engine.verify.VerificationResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The engine in this process. */
public final class DirectEngines implements Engines {
  private final EngineOptions options;

  /**
   * Engines of a program.
   *
   * @param program name and version, which the registry remembers
   */
  public DirectEngines(String program) {
    this.options = EngineOptions.defaults(program);
  }

  @Override
  public StreamTableEngine own(ConnectionTarget target, EngineListener listener) {
    return StreamTableEngines.open(target, options, listener);
  }

  @Override
  public DatabaseClient client(ConnectionTarget target) {
    return new DirectClient(StreamTableEngines.client(target));
  }

  @Override
  public PreviewClient previews(ConnectionTarget target, List<StreamTableDefinition> declared) {
    return new DirectPreviews(QueryPreviewer.open(target, new StreamTableAdvice(declared)));
  }

  private record DirectPreviews(QueryPreviewer previewer) implements PreviewClient {
    @Override
    public Preview preview(PreviewRequest request) {
      return previewer.preview(request);
    }

    @Override
    public void close() {
      previewer.close();
    }
  }

  private record DirectClient(EngineClient client) implements DatabaseClient {
    @Override
    public List<StreamTableReport> report() {
      return client.report();
    }

    @Override
    public WorkerPresence worker() {
      return client.worker();
    }

    @Override
    public RefreshReport refresh(
        QualifiedName relation, Optional<RefreshMode> mode, Duration patience) {
      return client.refresh(relation, mode, patience);
    }

    @Override
    public VerificationResult verify(QualifiedName relation) {
      return client.verify(relation);
    }

    @Override
    public void uninstall() {
      client.uninstall();
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
