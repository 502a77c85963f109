package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.RegisteredSource;
import dev.pgtrickle.engine.catalog.SourceRegistry;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.TransactionWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the change buffers small: few consumed rows are deleted; many make the written side of the
 * ring retire, and a retired side is truncated when everybody has read it. It always gives way
 * (P5), and is not run while refreshes of the same database run.
 */
public final class Janitor {
  private final FencedTransactions transactions;
  private final SourceRegistry registry;
  private final BufferCleaning cleaning;
  private final BufferRing ring;
  private final DrainedPairs drained;
  private final CaptureSettings settings;

  public Janitor(
      FencedTransactions transactions,
      SourceRegistry registry,
      CaptureRules rules,
      CaptureSettings settings) {
    CaptureInstallation installation = new CaptureInstallation(registry, rules);
    this.transactions = transactions;
    this.registry = registry;
    this.settings = settings;
    this.cleaning = new BufferCleaning(rules);
    this.ring = new BufferRing(installation, cleaning);
    this.drained = new DrainedPairs(installation, cleaning, settings.dropAfter());
  }

  /**
   * What was done for one source.
   *
   * @param postponed why something was left for the next time
   */
  public record Cleaned(
      long sourceId,
      int deleted,
      int truncated,
      boolean flipped,
      int dropped,
      Optional<ErrorCode> postponed) {}

  /** Cleans every source; one that is busy is left for the next time. */
  public List<Cleaned> clean(Instant now) {
    List<Cleaned> report = new ArrayList<>();
    Round round = inTransaction(this::look);
    for (RegisteredSource source : round.sources()) {
      // While a capture gap is open nobody can prove anything, and a repair is on its way.
      if (source.horizon().isPresent()) {
        report.add(clean(source, round.occupied(), now));
      }
    }
    return report;
  }

  /**
   * What one round has before it. Most sources of a large database rest: what they cost is one look
   * at all of them.
   *
   * @param occupied buffers that hold anything
   */
  private record Round(List<RegisteredSource> sources, Set<QualifiedName> occupied) {}

  private Round look(Connection connection) throws SQLException {
    List<RegisteredSource> sources = registry.all(connection);
    return new Round(
        sources,
        cleaning.occupied(
            connection, sources.stream().flatMap(source -> buffers(source).stream()).toList()));
  }

  private static List<QualifiedName> buffers(RegisteredSource source) {
    return source.pairs().stream().flatMap(pair -> pair.buffers().stream()).toList();
  }

  private Cleaned clean(RegisteredSource source, Set<QualifiedName> inUse, Instant now) {
    List<QualifiedName> occupied = buffers(source).stream().filter(inUse::contains).toList();
    int deleted = 0;
    int truncated = 0;
    boolean flipped = false;
    int dropped = 0;
    try {
      for (QualifiedName buffer : occupied) {
        boolean written = buffer.equals(source.activeBuffer());
        Optional<BufferCleaning.Scan> consumed =
            written ? Optional.empty() : consumed(source, buffer);
        if (consumed.isPresent() && truncate(source, buffer, consumed.get())) {
          truncated++;
        }
      }
      if (!occupied.isEmpty()) {
        flipped = inTransaction(connection -> ring.turn(connection, source.id(), now, settings));
      }
      for (QualifiedName buffer : occupied) {
        deleted += inTransaction(connection -> deleteFew(connection, source, buffer));
      }
      if (source.pairs().size() > 1) {
        inTransaction(connection -> drained.mark(connection, source.id()));
        dropped =
            transactions.politely(
                settings.cleaningBudget(),
                connection -> drained.drop(connection, source.id(), now));
      }
      return new Cleaned(source.id(), deleted, truncated, flipped, dropped, Optional.empty());
    } catch (TrickleException failure) {
      if (failure.code().kind() == ErrorCode.Kind.BUG || failure.code() == ErrorCode.FENCED_OUT) {
        throw failure;
      }
      // A table that was dropped or altered is found out by the next refresh, not here.
      return new Cleaned(
          source.id(), deleted, truncated, flipped, dropped, Optional.of(failure.code()));
    }
  }

  /** A buffer that holds something, and nothing that anybody needs. */
  private Optional<BufferCleaning.Scan> consumed(RegisteredSource source, QualifiedName buffer) {
    return inTransaction(connection ->
        cleaning.isEmpty(connection, buffer)
            ? Optional.empty()
            : cleaning.scan(connection, source.id(), buffer));
  }

  private boolean truncate(
      RegisteredSource source, QualifiedName buffer, BufferCleaning.Scan consumed) {
    return transactions.politely(
        settings.cleaningBudget(),
        connection -> {
          Optional<RegisteredSource> present = registry.locked(connection, source.id());
          return present.isPresent()
              && present.get().horizon().isPresent()
              && !buffer.equals(present.get().activeBuffer())
              && cleaning.truncate(connection, source.id(), buffer, consumed);
        });
  }

  /** Deletes when few rows are consumed; many wait for a TRUNCATE, which costs nothing a row. */
  private int deleteFew(Connection connection, RegisteredSource source, QualifiedName buffer)
      throws SQLException {
    Optional<RegisteredSource> present = registry.locked(connection, source.id());
    if (present.isEmpty() || present.get().horizon().isEmpty()) {
      return 0;
    }
    int limit = settings.flipAboveRows();
    boolean few = cleaning.consumed(connection, source.id(), buffer, limit) <= limit;
    return few ? cleaning.delete(connection, source.id(), buffer) : 0;
  }

  private <R> R inTransaction(TransactionWork<R> work) {
    return transactions.inTransaction(transactions.lockTimeouts().bound(), work);
  }
}
