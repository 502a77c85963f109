package dev.pgtrickle.engine.lifecycle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.engine.catalog.DriftRegistry;
import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.StreamTableRegistry;
import dev.pgtrickle.engine.definition.DriftPolicy;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The second net beside the fingerprint of each refresh (P7): looks at all tables of the database,
 * also those that do not refresh, with one query.
 */
public final class DriftWatch {
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  private final FencedTransactions transactions;
  private final StampRenewal stamps = new StampRenewal();
  private final DriftInspection inspection = new DriftInspection();
  private final DriftRegistry registry = new DriftRegistry();
  private final StreamTableRegistry tables = new StreamTableRegistry();
  private final ObjectMapper json = new ObjectMapper();

  public DriftWatch(FencedTransactions transactions) {
    this.transactions = transactions;
  }

  /**
   * A table that is not as we left it.
   *
   * @param news whether that was known before
   */
  public record Drifted(
      long streamTableId,
      QualifiedName relation,
      DriftPolicy policy,
      List<Drift> drift,
      News news) {
    /** Whether it is new. */
    public enum News {
      FIRST_SEEN,
      KNOWN
    }
  }

  /** Looks, and writes down for status what it sees. */
  public List<Drifted> look() {
    return transactions.inTransaction(LOCK_TIMEOUT, this::look);
  }

  private List<Drifted> look(Connection connection) throws SQLException {
    stamps.renew(connection);
    List<Drifted> drifted = new ArrayList<>();
    List<DriftFindings> findings = inspection.all(connection);
    for (DriftFindings found : findings) {
      Optional<StreamTableRecord> row = tables.byId(connection, found.streamTableId());
      if (row.isPresent()) {
        boolean first = registry.report(connection, found.streamTableId(), write(found));
        drifted.add(
            new Drifted(
                found.streamTableId(),
                row.get().definition().relation(),
                row.get().definition().policies().drift(),
                found.drift(),
                first ? Drifted.News.FIRST_SEEN : Drifted.News.KNOWN));
      }
    }
    registry.clearOthers(connection, findings.stream().map(DriftFindings::streamTableId).toList());
    return List.copyOf(drifted);
  }

  private String write(DriftFindings found) {
    ArrayNode array = json.createArrayNode();
    for (Drift drift : found.drift()) {
      ObjectNode entry = array.addObject();
      entry.put("kind", drift.kind().word());
      entry.put("message", drift.message());
    }
    return array.toString();
  }
}
