package dev.pgtrickle.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.binding.manifest.ManifestReader;
import dev.pgtrickle.binding.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Pattern YAML = Pattern.compile("```yaml\\R(.*?)```", Pattern.DOTALL);

  @Test
  void itsManifestIsValid() throws IOException {
    Matcher example = YAML.matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(example.find()).isTrue();
    Manifests manifests = new ManifestReader().parse("README.md", example.group(1));
    assertThat(manifests.problems()).isEmpty();
    assertThat(manifests.tables()).hasSize(1);
  }
}
