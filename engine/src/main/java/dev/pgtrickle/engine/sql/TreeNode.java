package dev.pgtrickle.engine.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A node of PostgreSQL's analysed query tree.
 *
 * @param fields the values of each field: words, lists and nodes
 */
record TreeNode(String tag, Map<String, List<Object>> fields) {
  private static final String NOTHING = "<>";

  /** The field's one word; {@code <>} where PostgreSQL has nothing. */
  String word(String field) {
    List<Object> values = fields.getOrDefault(field, List.of());
    return values.size() == 1 && values.getFirst() instanceof String word ? word : NOTHING;
  }

  long number(String field) {
    String word = word(field);
    return word.equals(NOTHING) ? 0 : Long.parseLong(word);
  }

  /** The numbers of a list like {@code (o 97 521)}. */
  List<Long> numbers(String field) {
    return fields.getOrDefault(field, List.of()).stream()
        .filter(List.class::isInstance)
        .flatMap(list -> ((List<?>) list).stream())
        .map(String::valueOf)
        .filter(word -> word.chars().allMatch(Character::isDigit))
        .map(Long::valueOf)
        .toList();
  }

  boolean isTrue(String field) {
    return word(field).equals("true");
  }

  /** Whether the field holds a node or a list that is not empty. */
  boolean has(String field) {
    return fields.getOrDefault(field, List.of()).stream()
        .anyMatch(value -> value instanceof TreeNode || value instanceof List<?>);
  }

  /** The nodes directly in the field, or in the list that it holds. */
  List<TreeNode> nodes(String field) {
    List<Object> values = fields.getOrDefault(field, List.of());
    List<?> members =
        values.size() == 1 && values.getFirst() instanceof List<?> list ? list : values;
    return members.stream().filter(TreeNode.class::isInstance).map(TreeNode.class::cast).toList();
  }

  /** Visits this node and all below it; without recursion, however deep the tree is. */
  void walk(Consumer<TreeNode> visitor) {
    Deque<Object> open = new ArrayDeque<>();
    open.push(this);
    while (!open.isEmpty()) {
      Object value = open.pop();
      if (value instanceof TreeNode node) {
        visitor.accept(node);
        node.fields().values().forEach(values -> values.forEach(open::push));
      } else if (value instanceof List<?> list) {
        list.forEach(open::push);
      }
    }
  }
}
