package dev.pgtrickle.cli.replay;

import dev.pgtrickle.cli.engine.DatabaseClient;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.engine.PreviewClient;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import dev.pgtrickle.engine.lifecycle.Owners;
import dev.pgtrickle.engine.lifecycle.ReleaseOrder;
import dev.pgtrickle.engine.lifecycle.ReleaseOutcome;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.DatabaseReport;
import dev.pgtrickle.engine.runtime.EngineListener;
import dev.pgtrickle.engine.runtime.RefreshReport;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.engine.verify.VerificationResult;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Real engines with a planted defect: each refresh loses the rows with id 5. */
record TamperingEngines(Engines real) implements Engines {
  private static final String LOSS =
      """
      DO $$
      DECLARE storage text;
      BEGIN
        FOR storage IN
          SELECT v.storage_name FROM pgtrickle.storage_version AS v
          JOIN pgtrickle.stream_table AS t ON t.id = v.stream_table_id
          WHERE t.relation_name = 'replay_differential'
        LOOP
          EXECUTE format('DELETE FROM pgtrickle_data.%I WHERE id = 5', storage);
        END LOOP;
      END $$\
      """;

  @Override
  public StreamTableEngine own(ConnectionTarget target, EngineListener listener) {
    return new Tampered(real.own(target, listener), target);
  }

  @Override
  public DatabaseClient client(ConnectionTarget target) {
    return real.client(target);
  }

  @Override
  public PreviewClient previews(ConnectionTarget target, List<StreamTableDefinition> declared) {
    return real.previews(target, declared);
  }

  private record Tampered(StreamTableEngine real, ConnectionTarget target)
      implements StreamTableEngine {

    @Override
    public RefreshReport refresh(
        QualifiedName relation, Optional<RefreshMode> mode, Duration patience) {
      RefreshReport report = real.refresh(relation, mode, patience);
      String url = target.url().replace("user=" + target.user(), "user=postgres");
      try (Connection connection = DriverManager.getConnection(url)) {
        new SqlSession(connection).execute("SET session_replication_role = replica", LOSS);
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
      return report;
    }

    @Override
    public ApplyOutcome apply(StreamTableDefinition definition, Owners owners) {
      return real.apply(definition, owners);
    }

    @Override
    public ReleaseOutcome release(QualifiedName relation, Origin owner, ReleaseOrder order) {
      return real.release(relation, owner, order);
    }

    @Override
    public List<StreamTableReport> report() {
      return real.report();
    }

    @Override
    public DatabaseReport database() {
      return real.database();
    }

    @Override
    public StreamTableReport await(QualifiedName relation, Duration patience) {
      return real.await(relation, patience);
    }

    @Override
    public void request(QualifiedName relation, Optional<RefreshMode> mode, String token) {
      real.request(relation, mode, token);
    }

    @Override
    public VerificationResult verify(QualifiedName relation) {
      return real.verify(relation);
    }

    @Override
    public void watch() {
      real.watch();
    }

    @Override
    public Optional<TrickleException> ended() {
      return real.ended();
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
