package dev.pgtrickle.e2e.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The samples of a folder as one manifest. Most of them have one name: each gets a number behind
 * it, and a label by which it is found again.
 */
record SampleManifests(String text, int count) {
  static final String LABEL = "pgtrickle.test/sample";
  private static final int LONGEST = 63;
  private static final Pattern NAME =
      Pattern.compile("^(metadata: \\{name: )([^,}]+)(.*)\\}$", Pattern.MULTILINE);
  private static final Pattern LABELS = Pattern.compile("labels: \\{");

  static SampleManifests in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> documents = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        for (String document : Files.readString(file).split("(?m)^---$", -1)) {
          if (!document.isBlank()) {
            documents.add(numbered(document, documents.size()));
          }
        }
      }
      return new SampleManifests(String.join("\n---\n", documents), documents.size());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A name that is as long as it may be stays so. */
  private static String shortened(String name, String number) {
    return name.substring(0, Math.min(name.length(), LONGEST - number.length())) + number;
  }

  private static String numbered(String document, int number) {
    Matcher name = NAME.matcher(document);
    if (!name.find()) {
      throw new AssertionError("a sample without a name in one line:\n" + document);
    }
    String rest = name.group(3);
    Matcher labels = LABELS.matcher(rest);
    String labelled =
        labels.find()
            ? labels.replaceFirst("labels: {%s: \"true\", ".formatted(LABEL))
            : rest + ", labels: {%s: \"true\"}".formatted(LABEL);
    return name.replaceFirst(
        Matcher.quoteReplacement(
            name.group(1) + shortened(name.group(2).strip(), "-" + number) + labelled + "}"));
  }
}
