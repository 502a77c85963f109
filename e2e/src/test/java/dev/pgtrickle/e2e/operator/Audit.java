package dev.pgtrickle.e2e.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Counts what the API server was asked to do in one namespace. */
record Audit(Path log, String namespace) {

  long statusWrites() {
    return count(
        "\"resource\":\"streamtables\"", "\"subresource\":\"status\"", "\"verb\":\"patch\"");
  }

  long otherWrites() {
    return count("\"resource\":\"streamtables\"", "\"verb\":\"patch\"") - statusWrites();
  }

  long eventWrites() {
    return count("\"resource\":\"events\"", "\"verb\":\"create\"")
        + count("\"resource\":\"events\"", "\"verb\":\"patch\"");
  }

  private long count(String... words) {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains("\"namespace\":\"" + namespace + "\""))
          .filter(line -> Stream.of(words).allMatch(line::contains))
          .count();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
