package dev.pgtrickle.crds;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackagesTest {
  private static final int MOST_LINES = 300;

  @Test
  void packagesDoNotDependOnEachOtherInACircle() {
    slices()
        .matching("dev.pgtrickle.(crds..)")
        .should()
        .beFreeOfCycles()
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.pgtrickle.crds"));
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    assertThat(sources().map(Path::getParent).distinct())
        .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
  }

  @Test
  void noFileIsTooLong() throws IOException {
    for (Path source : sources().toList()) {
      assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThan(MOST_LINES);
    }
  }

  private static Stream<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return List.copyOf(files.filter(file -> file.toString().endsWith(".java")).toList()).stream();
    }
  }
}
