package dev.pgtrickle.cli.stress.bank;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A directory with one manifest a table, for {@code trickle run -f}. */
public record ManifestDirectory(Path path, String database) {

  /** Writes the manifests of these tables, beside those that are there. */
  public void write(List<WatchedTable> tables) throws IOException {
    Files.createDirectories(path);
    for (WatchedTable table : tables) {
      Files.writeString(path.resolve(table.name() + ".yaml"), manifest(table));
    }
  }

  private String manifest(WatchedTable table) {
    return """
    apiVersion: pgtrickle.dev/v1alpha1
    kind: StreamTable
    metadata:
      name: %s
      namespace: stress
    spec:
      cluster: {name: embedded}
      database: %s
      table: {schema: public, name: %s}
      %s
      query: |
    %s\
    """
        .formatted(
            table.name().replace('_', '-'),
            database,
            table.name(),
            table.specification(),
            table.query().indent(4));
  }
}
