package dev.pgtrickle.testbed.kubernetes.binaries;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What a folder of programs held when it was filled, written into it. The lengths are compared at
 * each use, which costs nothing; the digests are there for whoever doubts.
 */
record Inventory(Path folder, List<Entry> entries) {
  private static final String FILE = "inventory";

  record Entry(String digest, long length, String fileName) {
    private static Entry parse(String line) {
      String[] words = line.split(" ", 3);
      return new Entry(words[0], Long.parseLong(words[1]), words[2]);
    }

    private String line() {
      return digest + " " + length + " " + fileName;
    }

    private boolean matches(Path folder) {
      try {
        Path file = folder.resolve(fileName);
        return Files.isExecutable(file) && Files.size(file) == length;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static Inventory take(Path folder) {
    return new Inventory(
        folder,
        Arrays.stream(ControlPlaneProgram.values())
            .map(program -> entry(folder, program.fileName()))
            .toList());
  }

  static boolean isIntact(Path folder) {
    try {
      Path file = folder.resolve(FILE);
      return Files.exists(file)
          && Files.readAllLines(file).stream().allMatch(line -> Entry.parse(line).matches(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write() {
    try {
      Files.writeString(
          folder.resolve(FILE), entries.stream().map(Entry::line).collect(joining("\n", "", "\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Entry entry(Path folder, String fileName) {
    Path file = folder.resolve(fileName);
    try (InputStream content = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return new Entry(HexFormat.of().formatHex(digest.digest()), Files.size(file), fileName);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java has no SHA-256", e);
    }
  }
}
