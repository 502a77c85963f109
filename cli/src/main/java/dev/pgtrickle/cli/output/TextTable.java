package dev.pgtrickle.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest cell, two spaces apart; numbers to the right. */
public final class TextTable {
  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /** A column's heading and the side its cells stand on. */
  private record Column(String heading, Side side) {}

  private enum Side {
    LEFT,
    RIGHT
  }

  /** Headings; one that begins with {@code >} has its cells to the right. */
  public TextTable(String... headings) {
    List<Column> parsed = new ArrayList<>();
    for (String heading : headings) {
      parsed.add(
          heading.startsWith(">")
              ? new Column(heading.substring(1), Side.RIGHT)
              : new Column(heading, Side.LEFT));
    }
    this.columns = List.copyOf(parsed);
  }

  public void row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException("a row has " + columns.size() + " cells");
    }
    rows.add(List.of(cells));
  }

  /** The lines, headings first, without trailing spaces. */
  public List<String> lines() {
    int[] widths = new int[columns.size()];
    List<List<String>> all = new ArrayList<>();
    all.add(columns.stream().map(Column::heading).toList());
    all.addAll(rows);
    for (List<String> cells : all) {
      for (int index = 0; index < widths.length; index++) {
        widths[index] = Math.max(widths[index], width(cells.get(index)));
      }
    }
    return all.stream().map(cells -> line(cells, widths)).toList();
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int index = 0; index < widths.length; index++) {
      String cell = cells.get(index);
      String padding = " ".repeat(widths[index] - width(cell));
      line.append(index == 0 ? "" : "  ");
      line.append(columns.get(index).side() == Side.RIGHT ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
