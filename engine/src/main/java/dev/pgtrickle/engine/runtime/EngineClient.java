package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.catalog.Installation;
import dev.pgtrickle.engine.catalog.RequestQueue;
import dev.pgtrickle.engine.catalog.RequestState;
import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.StreamTableRegistry;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.DatabasePool;
import dev.pgtrickle.engine.postgres.FenceEpoch;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.engine.postgres.TransactionWork;
import dev.pgtrickle.engine.verify.VerificationResult;
import dev.pgtrickle.engine.verify.Verifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can be asked of a database without owning it: a refresh is requested and its end waited for;
 * status and verification only read.
 */
public final class EngineClient implements AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);
  private static final Duration REFRESH_PATIENCE = Duration.ofMinutes(10);

  private final DatabasePool pool;
  private final StreamTableRegistry registry = new StreamTableRegistry();
  private final RequestQueue requests = new RequestQueue();
  private final LastRefresh lastRefresh = new LastRefresh();

  EngineClient(DatabasePool pool) {
    this.pool = pool;
  }

  /** What there is, in order of name. */
  public List<StreamTableReport> report() {
    return report(RowFigures.EXACT);
  }

  /** Relations that are there and have rows for readers; a standby can be asked too. */
  public Set<QualifiedName> populated() {
    requireInstalled();
    return read(PopulatedRelations::read, "looking for relations");
  }

  List<StreamTableReport> report(RowFigures figures) {
    requireInstalled();
    // A buffer may just have been dropped under the query.
    return Insistence.whileChanging(
        () -> read(connection -> new StatusReader(figures).read(connection), "reading the status"));
  }

  /** Whether a worker is alive in this database right now. */
  public WorkerPresence worker() {
    requireInstalled();
    return read(WorkerPresence::read, "looking for a worker");
  }

  /** Asks the present owner for a refresh and waits for its end. */
  public RefreshReport refresh(
      QualifiedName relation, Optional<RefreshMode> mode, Duration patience) {
    requireInstalled();
    StreamTableRecord row = find(relation);
    long id =
        read(
            connection ->
                requests.enqueue(
                    connection, relation.schema().name(), relation.name().name(), mode),
            "asking for a refresh of " + relation);
    RequestState end = await(id, relation, patience);
    if (end.errorCode().isPresent()) {
      throw TrickleException.of(
          codeOf(end.errorCode().get()), end.message(), "see trickle status for what to do");
    }
    return report(row);
  }

  /** Asks for a refresh, once for each token. */
  void request(QualifiedName relation, Optional<RefreshMode> mode, String token) {
    read(
        connection -> {
          requests.enqueueOnce(
              connection, relation.schema().name(), relation.name().name(), mode, token);
          return true;
        },
        "asking for a refresh of " + relation);
  }

  /** Which database this is. */
  DatabaseReport database() {
    return read(DatabaseReader::read, "reading the server's identity");
  }

  /** Compares without stopping anybody: what is pending is applied and rolled back. */
  public VerificationResult verify(QualifiedName relation) {
    requireInstalled();
    VerificationResult result = compare(relation, Verifier.Occasion.AT_ANY_TIME);
    if (result.verdict() != VerificationResult.Verdict.REFRESH_DUE
        || worker() == WorkerPresence.ABSENT) {
      return result;
    }
    refresh(relation, Optional.empty(), REFRESH_PATIENCE);
    return compare(relation, Verifier.Occasion.AFTER_REFRESH);
  }

  private VerificationResult compare(QualifiedName relation, Verifier.Occasion occasion) {
    // The epoch is read at each try: an owner may come or go meanwhile.
    return Insistence.untilQuiet(() -> {
      FenceEpoch epoch = read(EngineClient::epoch, "reading the owner's epoch");
      EngineParts parts =
          EngineParts.assemble(
              pool, epoch, EngineRules.standard(), Clock.systemUTC(), EngineListener.silent());
      return parts.verifier().verify(parts.lifecycle().look(find(relation)), occasion);
    });
  }

  /** Removes everything of ours. Gives way to applications, and tries again. */
  public void uninstall() {
    requireInstalled();
    Insistence.untilQuiet(() ->
        read(
            connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.execute("SELECT pgtrickle.uninstall()");
              }
            },
            "removing pgtrickle"));
  }

  static TrickleException noSuchTable(QualifiedName relation) {
    return TrickleException.of(
        ErrorCode.NOT_FOUND,
        "there is no stream table " + relation,
        "trickle status lists those that there are");
  }

  private RequestState await(long id, QualifiedName relation, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Looks looks = new Looks(LONGEST_PAUSE, "the request goes on by itself");
    while (true) {
      Optional<RequestState> state =
          read(connection -> requests.state(connection, id), "waiting for the refresh");
      if (state.isEmpty()) {
        throw noSuchTable(relation);
      }
      if (state.get().finished()) {
        return state.get();
      }
      if (System.nanoTime() >= deadline) {
        throw TrickleException.of(
            ErrorCode.TIMEOUT,
            "the refresh of %s (request %d) did not end in time".formatted(relation, id),
            "it goes on; see trickle status, or start a worker with trickle run");
      }
      looks.pause();
    }
  }

  private RefreshReport report(StreamTableRecord row) {
    return read(
            connection -> lastRefresh.read(connection, row.id()), "reading the end of the refresh")
        .orElseThrow(() -> noSuchTable(row.definition().relation()));
  }

  private StreamTableRecord find(QualifiedName relation) {
    return read(connection -> registry.find(connection, relation), "reading the registry")
        .orElseThrow(() -> noSuchTable(relation));
  }

  private void requireInstalled() {
    boolean installed =
        read(
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet row =
                      statement.executeQuery(
                          "SELECT to_regclass('pgtrickle.stream_table') IS NOT NULL")) {
                row.next();
                return row.getBoolean(1);
              }
            },
            "looking for pgtrickle");
    if (!installed) {
      throw Installation.missing();
    }
  }

  private static FenceEpoch epoch(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT epoch FROM pgtrickle.ownership")) {
      row.next();
      return new FenceEpoch(row.getLong(1));
    }
  }

  static ErrorCode codeOf(String word) {
    for (ErrorCode code : ErrorCode.values()) {
      if (code.word().equals(word)) {
        return code;
      }
    }
    return ErrorCode.INTERNAL;
  }

  private <R> R read(TransactionWork<R> work, String doing) {
    try (Connection connection = pool.borrow()) {
      return work.run(connection);
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, doing);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
