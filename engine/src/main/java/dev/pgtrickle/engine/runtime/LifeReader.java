package dev.pgtrickle.engine.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.lifecycle.PendingCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of a report that is not about rows. */
final class LifeReader {
  private final ObjectMapper json = new ObjectMapper();
  private final PendingCodec pendings = new PendingCodec();

  StreamTableReport.Life read(ResultSet row) throws SQLException {
    return new StreamTableReport.Life(
        new Origin(
            row.getString("origin_kubernetes"),
            row.getString("origin_namespace"),
            row.getString("origin_name"),
            row.getString("origin_uid")),
        row.getBoolean("populated"),
        row.getBoolean("populated") ? row.getString("query_hash") : "",
        operators(row.getString("operators")),
        Optional.ofNullable(row.getString("pending_definition")).map(pendings::read),
        request(row));
  }

  List<StreamTableReport.Drift> drift(ResultSet row) throws SQLException {
    List<StreamTableReport.Drift> drift = new ArrayList<>();
    for (JsonNode entry : array(row.getString("drift"))) {
      drift.add(
          new StreamTableReport.Drift(entry.get("kind").asText(), entry.get("message").asText()));
    }
    return List.copyOf(drift);
  }

  private List<StreamTableReport.Operator> operators(String text) {
    List<StreamTableReport.Operator> operators = new ArrayList<>();
    for (JsonNode entry : array(text)) {
      operators.add(
          new StreamTableReport.Operator(
              entry.get("operator").asText(),
              entry.get("class").asText(),
              entry.get("reason").asText()));
    }
    return List.copyOf(operators);
  }

  private JsonNode array(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("the registry holds broken JSON", broken);
    }
  }

  private static Optional<StreamTableReport.Request> request(ResultSet row) throws SQLException {
    String token = row.getString("token");
    return token == null
        ? Optional.empty()
        : Optional.of(
            new StreamTableReport.Request(
                token,
                row.getString("request_state"),
                Optional.ofNullable(row.getString("request_mode")),
                Optional.ofNullable(row.getTimestamp("request_finished_at"))
                    .map(Timestamp::toInstant),
                row.getString("request_message")));
  }
}
