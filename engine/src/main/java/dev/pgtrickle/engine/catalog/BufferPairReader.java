package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.definition.Buffers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the pairs of buffers of a source with the columns that each of them has. */
final class BufferPairReader {

  List<BufferPair> read(Connection connection, long sourceId) throws SQLException {
    String sql =
        """
        SELECT pair.generation, pair.settled_at IS NOT NULL AS settled,
               pair.drained_at, pair.persistence,
               captured.attribute_number, captured.type
        FROM pgtrickle.buffer_pair AS pair
        LEFT JOIN pgtrickle.captured_column AS captured USING (source_id, generation)
        WHERE pair.source_id = ?
        ORDER BY pair.generation, captured.attribute_number
        """;
    SortedMap<Integer, BufferPair> pairs = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, sourceId);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          int generation = row.getInt("generation");
          BufferPair pair = pairs.get(generation);
          if (pair == null) {
            pair =
                new BufferPair(
                    sourceId,
                    generation,
                    new TreeMap<>(),
                    Buffers.ofWord(row.getString("persistence")),
                    row.getBoolean("settled"),
                    Optional.ofNullable(row.getObject("drained_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
            pairs.put(generation, pair);
          }
          int attributeNumber = row.getInt("attribute_number");
          if (!row.wasNull()) {
            pair.columns().put(attributeNumber, row.getString("type"));
          }
        }
      }
    }
    return List.copyOf(pairs.values());
  }
}
