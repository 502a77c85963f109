package dev.pgtrickle.cli.replay;

import dev.pgtrickle.testbed.cases.CaseFileReader;
import dev.pgtrickle.testbed.cases.MalformedCaseException;
import dev.pgtrickle.testbed.cases.SqlCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The cases of files and directories, and what is wrong with those that are none.
 *
 * @param problems one a file, in a line that begins with the file
 */
public record CaseFiles(List<SqlCase> cases, List<String> problems) {
  private static final String ENDING = ".sql";

  /** Reads what can be read. */
  public static CaseFiles read(List<Path> paths) {
    CaseFiles found = new CaseFiles(new ArrayList<>(), new ArrayList<>());
    Map<String, Path> names = new HashMap<>();
    for (Path path : paths) {
      found.add(path, names);
    }
    return found;
  }

  private void add(Path path, Map<String, Path> names) {
    if (!Files.exists(path)) {
      problems.add(path + ": there is no such file or directory");
      return;
    }
    try {
      if (!Files.isDirectory(path)) {
        addFile(path, names);
        return;
      }
      List<Path> files = filesOf(path);
      if (files.isEmpty()) {
        problems.add(path + ": there is no file *" + ENDING + " in this directory");
      }
      for (Path file : files) {
        addFile(file, names);
      }
    } catch (IOException unreadable) {
      problems.add(path + ": cannot be read: " + unreadable.getMessage());
    }
  }

  private static List<Path> filesOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  private void addFile(Path file, Map<String, Path> names) {
    try {
      for (SqlCase read : new CaseFileReader().read(file)) {
        Path earlier = names.putIfAbsent(read.name(), file);
        if (earlier == null) {
          cases.add(read);
        } else {
          problems.add("%s: case %s is in %s already".formatted(file, read.name(), earlier));
        }
      }
    } catch (MalformedCaseException malformed) {
      problems.add(String.valueOf(malformed.getMessage()));
    } catch (IOException unreadable) {
      problems.add(file + ": cannot be read: " + unreadable.getMessage());
    }
  }
}
