package dev.pgtrickle.cli.demo.kubernetes;

import dev.pgtrickle.binding.manifest.ManifestReader;
import dev.pgtrickle.binding.manifest.Manifests;
import dev.pgtrickle.cli.demo.SampleFiles;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The stream tables of the examples: as a file for kubectl, and as definitions to compare with. */
record StreamTables(Path file, List<StreamTableDefinition> definitions) {
  static StreamTables in(Path directory) {
    Manifests manifests =
        new ManifestReader().parse(SampleFiles.MANIFESTS_NAME, SampleFiles.manifests());
    if (!manifests.problems().isEmpty()) {
      throw new TestbedException("The examples are wrong: " + manifests.problems());
    }
    try {
      return new StreamTables(
          Files.writeString(directory.resolve("stream-tables.yaml"), SampleFiles.manifests()),
          manifests.tables().stream().map(declared -> declared.table().definition()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
