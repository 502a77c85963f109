package dev.pgtrickle.engine.sql.stability;

import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.engine.relations.FunctionFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Classifies functions. A function declared STABLE is trusted only when the checked-in list names
 * it: those of PostgreSQL whose result depends on arguments and pinned settings alone. A function
 * of a user may read tables that nobody sees.
 */
public final class StabilityReader {
  private static final String PINNED_LIST = "pinned-functions.txt";
  private static final String CLOCK_LIST = "clock-functions.txt";

  private static final String OIDS =
      "SELECT pg_catalog.to_regprocedure(signature)::oid::bigint AS oid FROM unnest(?::text[]) AS signature";

  private final Set<Long> pinned;
  private final Set<Long> clock;

  /** Finds the functions of the lists in this version of PostgreSQL; it need not have all. */
  public StabilityReader(Connection connection) {
    this.pinned = oids(connection, signatures(PINNED_LIST));
    this.clock = oids(connection, signatures(CLOCK_LIST));
  }

  public Stability of(FunctionFacts function) {
    if (clock.contains(function.oid())) {
      return Stability.CLOCK;
    }
    return switch (function.volatility()) {
      case IMMUTABLE -> Stability.IMMUTABLE;
      case STABLE -> pinned.contains(function.oid()) ? Stability.PINNED : Stability.OTHER_STABLE;
      case VOLATILE -> Stability.VOLATILE;
    };
  }

  /** The signatures of pg_catalog that count as {@link Stability#PINNED}. */
  public static List<String> pinnedSignatures() {
    return signatures(PINNED_LIST);
  }

  /** The signatures of pg_catalog that read the clock. */
  public static List<String> clockSignatures() {
    return signatures(CLOCK_LIST);
  }

  private static List<String> signatures(String resource) {
    try (InputStream stream = StabilityReader.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the list " + resource + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> "pg_catalog." + line)
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Set<Long> oids(Connection connection, List<String> signatures) {
    Set<Long> oids = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(OIDS)) {
      statement.setArray(1, connection.createArrayOf("text", signatures.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          long oid = row.getLong("oid");
          if (!row.wasNull()) {
            oids.add(oid);
          }
        }
      }
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "reading what functions rest on");
    }
    return oids;
  }
}
