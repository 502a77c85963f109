package dev.pgtrickle.binding.manifest;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.binding.problem.LocatedProblem;
import dev.pgtrickle.binding.problem.Place;
import dev.pgtrickle.binding.problem.Problem;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TextPosition;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads manifest files and directories of them. Every problem of every file is reported with its
 * place; none hides another.
 */
public final class ManifestReader {
  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

  private final YamlParser parser = new YamlParser();

  /** Files as they are given, directories sorted by name, not into sub-directories. */
  public Manifests read(List<Path> paths) {
    ManifestCollector collector = new ManifestCollector();
    for (Path path : paths) {
      for (Path file : files(path, collector)) {
        readFile(file, collector);
      }
    }
    return collector.manifests();
  }

  /** A manifest that is not in a file; the name stands for it in problems. */
  public Manifests parse(String name, String text) {
    ManifestCollector collector = new ManifestCollector();
    collect(name, text, collector);
    return collector.manifests();
  }

  private void collect(String name, String text, ManifestCollector collector) {
    YamlParser.Parsed parsed = parser.parse(name, text);
    parsed.documents().forEach(collector::add);
    parsed.problems().forEach(collector::report);
  }

  private void readFile(Path file, ManifestCollector collector) {
    try {
      collect(file.toString(), Files.readString(file), collector);
    } catch (MalformedInputException notText) {
      collector.report(unreadable(file, "not UTF-8 text", "save it as UTF-8"));
    } catch (IOException failure) {
      collector.report(unreadable(file, "cannot be read", "check the path and its rights"));
    }
  }

  private static List<Path> files(Path path, ManifestCollector collector) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> found =
          new ArrayList<>(
              entries.filter(ManifestReader::isManifest).filter(Files::isRegularFile).toList());
      found.sort(null);
      if (found.isEmpty()) {
        collector.report(
            unreadable(path, "no file ends in .yaml, .yml or .json", "name another directory"));
      }
      return found;
    } catch (IOException failure) {
      collector.report(unreadable(path, "cannot be listed", "check the path and its rights"));
      return List.of();
    }
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  private static LocatedProblem unreadable(Path path, String what, String remedy) {
    return new LocatedProblem(
        new Place(path.toString(), new TextPosition(1, 1)),
        new Problem(ErrorCode.INVALID_MANIFEST, FieldPath.ROOT, what, remedy));
  }
}
