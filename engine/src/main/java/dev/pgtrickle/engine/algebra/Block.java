package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A SELECT while it is being put together: what it reads, and what was already said about it. */
final class Block {

  /** The last clause that was used: only later ones can be added. */
  enum Stage {
    FROM,
    WHERE,
    GROUP,
    HAVING,
    WINDOW,
    SELECT,
    DISTINCT,
    LIMIT,
    /** A whole query that is no SELECT block: it can only be read from. */
    WHOLE
  }

  private final VisibleColumns columns;
  private Stage stage = Stage.FROM;
  private String whole = "";
  private List<Identifier> wholeNames = List.of();
  private String head = "SELECT";
  private String from = "";
  private final List<String> where = new ArrayList<>();
  private String group = "";
  private String having = "";
  private String tail = "";

  Block(VisibleColumns columns, String from) {
    this.columns = columns;
    this.from = from;
  }

  /** A query that is written already. */
  static Block whole(VisibleColumns columns, String sql, List<Identifier> names) {
    Block block = new Block(columns, "");
    block.whole = sql;
    block.wholeNames = names;
    block.stage = Stage.WHOLE;
    return block;
  }

  VisibleColumns columns() {
    return columns;
  }

  Stage stage() {
    return stage;
  }

  String from() {
    return from;
  }

  void where(String condition) {
    where.add(condition);
    stage = Stage.WHERE;
  }

  void groupBy(String clause) {
    group = clause;
    stage = Stage.GROUP;
  }

  void having(String condition) {
    having = "\nHAVING " + condition;
    stage = Stage.HAVING;
  }

  void reached(Stage reached) {
    stage = reached;
  }

  void distinct(String words) {
    head = words;
    stage = Stage.DISTINCT;
  }

  void tail(String words) {
    tail = words;
    stage = Stage.LIMIT;
  }

  boolean isWholeUnder(List<Identifier> names) {
    return stage == Stage.WHOLE && wholeNames.equals(names);
  }

  String wholeSql() {
    return whole;
  }

  List<Identifier> wholeNames() {
    return wholeNames;
  }

  /** The SELECT with these items. */
  String select(List<String> items) {
    StringBuilder sql = new StringBuilder(head);
    if (!items.isEmpty()) {
      sql.append(' ').append(String.join(", ", items));
    }
    if (!from.isEmpty()) {
      sql.append("\nFROM ").append(from);
    }
    if (!where.isEmpty()) {
      sql.append(where.stream().collect(Collectors.joining("\n  AND ", "\nWHERE ", "")));
    }
    return sql.append(group).append(having).append(tail).toString();
  }
}
