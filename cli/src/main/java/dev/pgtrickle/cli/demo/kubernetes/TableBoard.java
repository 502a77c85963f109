package dev.pgtrickle.cli.demo.kubernetes;

import dev.pgtrickle.cli.run.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What kubectl prints, as it changes: on a screen in place; in a file a row when something in it
 * changed that does not change by itself, and a line when a row is gone.
 */
final class TableBoard {
  /** Ages, which grow while nothing happens. */
  private static final Set<String> RESTLESS = Set.of("LAST-REFRESH", "AGE");

  private static final Pattern HEADING = Pattern.compile("\\S+\\s*");

  private final Terminal terminal;
  private final ScreenWidth width;
  private final Map<String, List<String>> shown = new LinkedHashMap<>();
  private String heading = "";

  TableBoard(Terminal terminal, ScreenWidth width) {
    this.terminal = terminal;
    this.width = width;
  }

  /** The table as kubectl printed it; a single line without a table is a remark. */
  void show(List<String> lines) {
    switch (terminal.screen()) {
      case INTERACTIVE -> {
        int columns = width.columns();
        terminal.overwrite(lines.stream().map(line -> clipped(line, columns)).toList());
      }
      case PLAIN -> append(lines);
    }
  }

  private void append(List<String> lines) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    List<String> news = new ArrayList<>();
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      List<String> cells = settledCells(lines.getFirst(), line);
      rows.put(cells.getFirst(), cells);
      if (!cells.equals(shown.get(cells.getFirst()))) {
        news.add(line);
      }
    }
    List<String> gone = shown.keySet().stream().filter(name -> !rows.containsKey(name)).toList();
    // Columns grow with what is in them: rows stand below the heading they belong to.
    if (!news.isEmpty() && !heading.equals(lines.getFirst())) {
      heading = lines.getFirst();
      terminal.say(heading.stripTrailing());
    }
    news.forEach(line -> terminal.say(line.stripTrailing()));
    gone.forEach(name -> terminal.say(name + " is gone"));
    shown.clear();
    shown.putAll(rows);
  }

  private static List<String> settledCells(String headings, String line) {
    return HEADING
        .matcher(headings)
        .results()
        .filter(column -> !RESTLESS.contains(column.group().strip()))
        .map(column -> cell(column, line))
        .toList();
  }

  private static String cell(MatchResult column, String line) {
    int begin = Math.min(column.start(), line.length());
    int end = Math.min(column.end(), line.length());
    return line.substring(begin, end).strip();
  }

  private static String clipped(String line, int columns) {
    return line.substring(0, Math.min(line.length(), columns)).stripTrailing();
  }
}
