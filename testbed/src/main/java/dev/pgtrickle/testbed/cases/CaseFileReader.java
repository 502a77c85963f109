package dev.pgtrickle.testbed.cases;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads case files. A case begins with a line {@code -- case: NAME}; the lines {@code -- ddl},
 * {@code -- query} and {@code -- dml} begin its sections. A file may hold several cases.
 */
public final class CaseFileReader {
  private static final Pattern NAME = Pattern.compile("--\\s*case:\\s*(.*?)\\s*");
  private static final Pattern SECTION = Pattern.compile("--\\s*(ddl|query|dml)\\s*");
  private static final Pattern REMARK = Pattern.compile("\\s*(--.*)?");

  private enum Section {
    DDL,
    QUERY,
    DML
  }

  /** Text and the line of the file in which it begins. */
  private record Block(StringBuilder text, int firstLine) {}

  /** A case as far as it was read. */
  private record Draft(String name, int line, Map<Section, Block> sections) {}

  /** The cases of a file, in order. */
  public List<SqlCase> read(Path file) throws IOException, MalformedCaseException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (CharacterCodingException _) {
      throw new MalformedCaseException(file, 1, "the file is not UTF-8");
    }
    List<Draft> drafts = new ArrayList<>();
    @Nullable Block open = null;
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1);
      Matcher name = NAME.matcher(line);
      Matcher section = SECTION.matcher(line);
      if (name.matches()) {
        drafts.add(new Draft(named(file, number, name.group(1)), number, newSections()));
        open = null;
      } else if (section.matches()) {
        open = open(file, number, section.group(1), drafts);
      } else if (open != null) {
        open.text().append(line).append('\n');
      } else if (!REMARK.matcher(line).matches()) {
        throw new MalformedCaseException(
            file,
            number,
            "a case begins with '-- case: NAME' and '-- ddl', '-- query' or '-- dml'");
      }
    }
    if (drafts.isEmpty()) {
      throw new MalformedCaseException(file, 1, "there is no line '-- case: NAME'");
    }
    List<SqlCase> cases = new ArrayList<>();
    for (Draft draft : drafts) {
      cases.add(finished(file, draft));
    }
    return cases;
  }

  private static String named(Path file, int line, String name) throws MalformedCaseException {
    if (name.isEmpty()) {
      throw new MalformedCaseException(file, line, "the case has no name");
    }
    return name;
  }

  private static Map<Section, Block> newSections() {
    return new EnumMap<>(Section.class);
  }

  private static Block open(Path file, int line, String word, List<Draft> drafts)
      throws MalformedCaseException {
    if (drafts.isEmpty()) {
      throw new MalformedCaseException(file, line, "a line '-- case: NAME' has to come first");
    }
    Block block = new Block(new StringBuilder(), line + 1);
    Section section = Section.valueOf(word.toUpperCase(Locale.ROOT));
    if (drafts.getLast().sections().putIfAbsent(section, block) != null) {
      throw new MalformedCaseException(
          file,
          line,
          "case %s has a section '-- %s' already".formatted(drafts.getLast().name(), word));
    }
    return block;
  }

  private static SqlCase finished(Path file, Draft draft) throws MalformedCaseException {
    Block query = draft.sections().get(Section.QUERY);
    if (query == null) {
      throw new MalformedCaseException(
          file, draft.line(), "case %s has no section '-- query'".formatted(draft.name()));
    }
    List<CaseStatement> queries =
        StatementSplitter.split(file, query.text().toString(), query.firstLine()).statements();
    if (queries.size() != 1) {
      throw new MalformedCaseException(
          file,
          queries.size() < 2 ? query.firstLine() - 1 : queries.get(1).line(),
          "section '-- query' of case %s holds one query, not %d"
              .formatted(draft.name(), queries.size()));
    }
    return new SqlCase(
        draft.name(),
        file,
        script(file, draft.sections().get(Section.DDL)),
        queries.getFirst().text(),
        queries.getFirst().line(),
        script(file, draft.sections().get(Section.DML)));
  }

  private static CaseScript script(Path file, @Nullable Block block) throws MalformedCaseException {
    return block == null
        ? CaseScript.empty()
        : StatementSplitter.split(file, block.text().toString(), block.firstLine());
  }
}
