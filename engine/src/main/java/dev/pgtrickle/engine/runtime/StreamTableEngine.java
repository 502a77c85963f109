package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import dev.pgtrickle.engine.lifecycle.Owners;
import dev.pgtrickle.engine.lifecycle.ReleaseOrder;
import dev.pgtrickle.engine.lifecycle.ReleaseOutcome;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.verify.VerificationResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One database's stream tables, as the CLI and the operator drive them. All methods may be called
 * from any thread and throw TrickleException.
 *
 * <p>{@link #apply} and {@link #release} decide and write down what is wanted, within seconds; the
 * worker brings it about, each table on its own, with growing pauses after failures, and a later
 * worker goes on where this one was killed. {@link #report} tells how far it is.
 */
public interface StreamTableEngine extends AutoCloseable {

  /** The same as {@link #apply(StreamTableDefinition, Owners)} where nobody ever leaves. */
  default ApplyOutcome apply(StreamTableDefinition definition) {
    return apply(definition, Owners.allAlive());
  }

  /**
   * Makes the definition the wanted one, if the relation is free or the asker's. Analyses the query
   * first: one that is refused throws and leaves no trace. Never waits for a load or a refresh.
   */
  ApplyOutcome apply(StreamTableDefinition definition, Owners owners);

  /**
   * Gives the relation up. Only the owner can: for anybody else there is nothing to do.
   *
   * @param owner whose claim it is, told apart by uid
   */
  ReleaseOutcome release(QualifiedName relation, Origin owner, ReleaseOrder order);

  /** What there is, in order of name. Reads the registry with one query; never waits. */
  List<StreamTableReport> report();

  /** The server and the database, as they are now. */
  DatabaseReport database();

  /**
   * Waits until what was applied last is in effect and readers have rows.
   *
   * @throws TrickleException the reason when the table stands still, Timeout when it takes longer
   */
  StreamTableReport await(QualifiedName relation, Duration patience);

  /**
   * Asks for a refresh, once for each token: asking again with the same one is asking how it is.
   * How it stands is in {@link StreamTableReport.Life#request()}.
   *
   * @param mode FULL or DIFFERENTIAL to insist on one, empty for the table's own
   */
  void request(QualifiedName relation, Optional<RefreshMode> mode, String token);

  /**
   * Asks for a refresh and waits for its end; who performs it is the database's present owner.
   *
   * @param mode FULL or DIFFERENTIAL to insist on one, empty for the table's own
   */
  RefreshReport refresh(QualifiedName relation, Optional<RefreshMode> mode, Duration patience);

  /** Compares the table with its query, both at one snapshot, as multisets of images. */
  VerificationResult verify(QualifiedName relation);

  /** Looks for drift now instead of within five minutes. Does not wait for it. */
  void watch();

  /** Why the worker ended by itself, if it did. */
  Optional<TrickleException> ended();

  @Override
  void close();
}
