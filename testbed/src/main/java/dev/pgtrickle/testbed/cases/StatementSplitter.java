package dev.pgtrickle.testbed.cases;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Splits SQL into statements as psql does, and into parts at the lines {@code -- refresh}. */
final class StatementSplitter {
  private static final Pattern REFRESH = Pattern.compile("--\\s*refresh\\s*");
  private static final Pattern ROUTINE =
      Pattern.compile(
          "create\\s+(or\\s+replace\\s+)?(function|procedure)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern ROWS_FOLLOW =
      Pattern.compile("copy\\b.*\\bfrom\\s+stdin\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Path file;
  private final SqlScanner scanner;
  private final List<List<CaseStatement>> parts = new ArrayList<>();
  private List<CaseStatement> part = new ArrayList<>();
  private final StringBuilder statement = new StringBuilder();
  private int statementLine;
  private int parentheses;
  private int bodies;

  private StatementSplitter(Path file, SqlScanner scanner) {
    this.file = file;
    this.scanner = scanner;
  }

  /** The statements of a text that begins in this line of the file. */
  static CaseScript split(Path file, String text, int firstLine) throws MalformedCaseException {
    return new StatementSplitter(file, new SqlScanner(text, firstLine)).script();
  }

  private CaseScript script() throws MalformedCaseException {
    while (scanner.hasNext()) {
      read(scanner.next());
    }
    endStatement();
    parts.add(part);
    return new CaseScript(parts);
  }

  private void read(SqlScanner.Step step) throws MalformedCaseException {
    switch (step.kind()) {
      case OPEN ->
          throw new MalformedCaseException(
              file, step.line(), "the quote or comment that begins here has no end");
      case LINE_COMMENT -> {
        if (REFRESH.matcher(step.text().toLowerCase(Locale.ROOT)).matches()) {
          endStatement();
          parts.add(part);
          part = new ArrayList<>();
        } else if (!statement.isEmpty()) {
          statement.append(step.text());
        }
      }
      case BLANK, COMMENT -> {
        if (!statement.isEmpty()) {
          statement.append(step.text());
        }
      }
      case WORD -> {
        append(step);
        countBodies(step.text().toLowerCase(Locale.ROOT));
      }
      case QUOTE -> append(step);
      case OTHER -> readCharacter(step);
    }
  }

  private void readCharacter(SqlScanner.Step step) throws MalformedCaseException {
    if (statement.isEmpty() && step.text().equals("\\")) {
      throw new MalformedCaseException(
          file, step.line(), "this is a command of psql; a case has nothing but SQL");
    }
    if (step.text().equals(";") && parentheses == 0 && bodies == 0) {
      endStatement();
      return;
    }
    if (step.text().equals("(")) {
      parentheses++;
    } else if (step.text().equals(")")) {
      parentheses = Math.max(0, parentheses - 1);
    }
    append(step);
  }

  /** In a body of SQL, BEGIN ATOMIC to END, semicolons end nothing; CASE has an END as well. */
  private void countBodies(String word) {
    switch (word) {
      case "begin" -> bodies += ROUTINE.matcher(statement).matches() ? 1 : 0;
      case "case" -> bodies += bodies > 0 ? 1 : 0;
      case "end" -> bodies -= bodies > 0 ? 1 : 0;
      default -> {}
    }
  }

  private void append(SqlScanner.Step step) {
    if (statement.isEmpty()) {
      statementLine = step.line();
    }
    statement.append(step.text());
  }

  private void endStatement() throws MalformedCaseException {
    String text = statement.toString().strip();
    statement.setLength(0);
    parentheses = 0;
    bodies = 0;
    if (text.isEmpty()) {
      return;
    }
    if (ROWS_FOLLOW.matcher(text).matches()) {
      throw new MalformedCaseException(
          file, statementLine, "the rows of COPY FROM STDIN are no SQL: write INSERT");
    }
    part.add(new CaseStatement(text, statementLine));
  }
}
