package dev.pgtrickle.testbed.cases;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a case so that {@link CaseFileReader} reads the same again. */
public final class CaseFileWriter {

  /** The text of a case file. */
  public String text(SqlCase written) {
    return """
    -- case: %s
    -- ddl
    %s-- query
    %s;
    -- dml
    %s\
    """
        .formatted(written.name(), script(written.ddl()), written.query(), script(written.dml()));
  }

  private static String script(CaseScript script) {
    return script.parts().stream()
        .map(CaseFileWriter::part)
        .collect(Collectors.joining("-- refresh\n"));
  }

  private static String part(List<CaseStatement> statements) {
    return statements.stream()
        .map(statement -> statement.text() + ";\n")
        .collect(Collectors.joining());
  }
}
