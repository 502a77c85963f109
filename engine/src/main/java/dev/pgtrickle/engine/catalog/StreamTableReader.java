package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.definition.DeletionPolicy;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From rows of pgtrickle.stream_table to records. */
final class StreamTableReader {
  static final String SELECT =
      """
      SELECT st.id, st.definition::text AS definition, st.definition_hash, st.revision, st.state,
             st.stall_code, st.stall_message, st.stall_remedy, st.consecutive_failures,
             st.release_policy, st.released_at,
             v.id AS version_id, v.storage_name, v.guard_name, v.populated, v.gate_open,
             v.revision AS version_revision, v.definition_hash AS version_hash,
             v.layout::text AS layout, v.view_columns, v.fill, v.indexes, v.grants, v.view_owner
      FROM pgtrickle.stream_table AS st
      LEFT JOIN pgtrickle.storage_version AS v ON v.stream_table_id = st.id
      """;

  private final DefinitionCodec codec = new DefinitionCodec();

  List<StreamTableRecord> read(PreparedStatement statement) throws SQLException {
    List<StreamTableRecord> records = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        records.add(
            new StreamTableRecord(
                row.getLong("id"),
                codec.read(row.getString("definition")),
                row.getString("definition_hash"),
                row.getLong("revision"),
                StreamTableRecord.State.of(row.getString("state")),
                stall(row),
                row.getInt("consecutive_failures"),
                release(row),
                version(row),
                contents(row)));
      }
    }
    return records;
  }

  private static Optional<StreamTableRecord.Stall> stall(ResultSet row) throws SQLException {
    String code = row.getString("stall_code");
    return code == null
        ? Optional.empty()
        : Optional.of(
            new StreamTableRecord.Stall(
                code, row.getString("stall_message"), row.getString("stall_remedy")));
  }

  private static Optional<StreamTableRecord.Release> release(ResultSet row) throws SQLException {
    String policy = row.getString("release_policy");
    return policy == null
        ? Optional.empty()
        : Optional.of(
            new StreamTableRecord.Release(
                DeletionPolicy.ofWord(policy),
                row.getObject("released_at", OffsetDateTime.class).toInstant()));
  }

  private static Optional<VersionRecord> version(ResultSet row) throws SQLException {
    long id = row.getLong("version_id");
    if (row.wasNull()) {
      return Optional.empty();
    }
    return Optional.of(
        new VersionRecord(
            id,
            DataSchema.table(row.getString("storage_name")),
            DataSchema.table(row.getString("guard_name")),
            row.getBoolean("populated")
                ? VersionRecord.Population.POPULATED
                : VersionRecord.Population.EMPTY,
            row.getBoolean("gate_open") ? VersionRecord.Gate.OPEN : VersionRecord.Gate.CLOSED));
  }

  private static Optional<VersionContents> contents(ResultSet row) throws SQLException {
    String layout = row.getString("layout");
    return layout == null
        ? Optional.empty()
        : Optional.of(
            new VersionContents(
                row.getLong("version_revision"),
                row.getString("version_hash"),
                layout,
                texts(row.getArray("view_columns")),
                Optional.ofNullable(row.getString("fill")).map(VersionContents.Fill::of),
                texts(row.getArray("indexes")),
                texts(row.getArray("grants")),
                row.getString("view_owner")));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
