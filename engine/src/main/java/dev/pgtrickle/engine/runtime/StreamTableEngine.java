package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.verify.VerificationResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One database's stream tables, as the CLI and the operator drive them. All methods may be called
 * from any thread and throw TrickleException.
 */
public interface StreamTableEngine extends AutoCloseable {

  /**
   * Makes the table be what the definition says: creates it, loads it, or does nothing when it is
   * so already. Returns when readers see rows.
   */
  ApplyOutcome apply(StreamTableDefinition definition);

  /** What there is, in order of name. Never waits for a refresh. */
  List<StreamTableReport> report();

  /**
   * Asks for a refresh and waits for its end; who performs it is the database's present owner.
   *
   * @param mode FULL or DIFFERENTIAL to insist on one, empty for the table's own
   */
  RefreshReport refresh(QualifiedName relation, Optional<RefreshMode> mode, Duration patience);

  /** Compares the table with its query, both at one snapshot, as multisets of images. */
  VerificationResult verify(QualifiedName relation);

  /** Why the worker ended by itself, if it did. */
  Optional<TrickleException> ended();

  @Override
  void close();
}
