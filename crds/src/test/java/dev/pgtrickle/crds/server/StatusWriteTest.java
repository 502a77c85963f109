package dev.pgtrickle.crds.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The server stores every status that we may write. */
class StatusWriteTest {
  private static final Map<String, JsonNode> STORED = new HashMap<>();
  private static Server server;

  @BeforeAll
  static void start() {
    server = Server.start();
    for (String kind :
        List.of("smallest", "policy-smallest", "snapshot-smallest", "restore-smallest")) {
      JsonNode object =
          Sample.in("valid")
              .filter(sample -> sample.name().equals(kind + ".yaml"))
              .findFirst()
              .orElseThrow()
              .objects()
              .getFirst();
      STORED.put(object.path("kind").asText(), server.create(object));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
    STORED.clear();
  }

  static List<JsonNode> states() {
    return Sample.in("status").flatMap(sample -> sample.objects().stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("states")
  void everyStateCanBeWritten(JsonNode state) {
    ObjectNode object = STORED.get(state.path("kind").asText()).deepCopy();
    object.set("status", state.path("status"));
    JsonNode written = server.writeStatus(object).path("status");
    assertThat(written.path("conditions")).isEqualTo(state.path("status").path("conditions"));
  }
}
