package dev.pgtrickle.engine.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the text form of PostgreSQL's node trees: {@code {TAG :field value ...}}, lists in
 * parentheses, bytes in brackets. The form is the same in all versions; only tags and fields
 * differ.
 */
final class TreeReader {
  private static final String BYTES = "constvalue";

  private final String text;
  private int position;

  private TreeReader(String text) {
    this.text = text;
  }

  /** The first node of the text. */
  static TreeNode read(String text) {
    List<Object> values = new TreeReader(text).values();
    Object first = values.getFirst();
    while (first instanceof List<?> list && !list.isEmpty()) {
      first = list.getFirst();
    }
    if (first instanceof TreeNode node) {
      return node;
    }
    throw new IllegalArgumentException("no node tree");
  }

  /** What is being read: a list, or a node with its present field. */
  private static final class Frame {
    private final String tag;
    private final Map<String, List<Object>> fields = new LinkedHashMap<>();
    private String field = "";
    private List<Object> values = new ArrayList<>();

    Frame(String tag) {
      this.tag = tag;
    }

    /** A name that a user chose may look like a field: it must never hide the real one. */
    void field(String name) {
      field = name;
      values = fields.computeIfAbsent(name, _ -> new ArrayList<>());
    }
  }

  private List<Object> values() {
    Deque<Frame> open = new ArrayDeque<>();
    Frame current = new Frame("");
    while (true) {
      skipBlanks();
      if (position >= text.length()) {
        return current.values;
      }
      char character = text.charAt(position);
      switch (character) {
        case '{' -> {
          position++;
          open.push(current);
          current = new Frame(word());
        }
        case '(' -> {
          position++;
          open.push(current);
          current = new Frame("");
        }
        case '}' -> {
          position++;
          TreeNode node = new TreeNode(current.tag, current.fields);
          current = open.pop();
          current.values.add(node);
        }
        case ')' -> {
          position++;
          List<Object> list = current.values;
          current = open.pop();
          current.values.add(list);
        }
        case ':' -> {
          position++;
          current.field(word());
        }
        default -> {
          if (character == '[' && current.field.equals(BYTES)) {
            position = text.indexOf(']', position) + 1;
          } else {
            current.values.add(word());
          }
        }
      }
    }
  }

  private String word() {
    skipBlanks();
    StringBuilder word = new StringBuilder();
    boolean quoted = position < text.length() && text.charAt(position) == '"';
    if (quoted) {
      position++;
    }
    while (position < text.length()) {
      char character = text.charAt(position);
      if (character == '\\' && position + 1 < text.length()) {
        word.append(text.charAt(position + 1));
        position += 2;
      } else if (quoted ? character == '"' : endsWord(character)) {
        break;
      } else {
        word.append(character);
        position++;
      }
    }
    if (quoted) {
      position++;
    }
    return word.toString();
  }

  private static boolean endsWord(char character) {
    return Character.isWhitespace(character) || "(){}".indexOf(character) >= 0;
  }

  private void skipBlanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }
}
