package dev.pgtrickle.binding.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The way from a document's root to one of its values, shown as {@code spec.indexes[0].columns}.
 */
public record FieldPath(List<String> steps) {
  /** The document itself. */
  public static final FieldPath ROOT = new FieldPath(List.of());

  private static final Pattern PLAIN_FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

  public FieldPath {
    steps = List.copyOf(steps);
  }

  /** A path of field names. */
  public static FieldPath of(String... fields) {
    FieldPath path = ROOT;
    for (String field : fields) {
      path = path.field(field);
    }
    return path;
  }

  public FieldPath field(String name) {
    return then(PLAIN_FIELD.matcher(name).matches() ? "." + name : "[" + name + "]");
  }

  public FieldPath index(int index) {
    return then("[" + index + "]");
  }

  public Optional<FieldPath> parent() {
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(new FieldPath(steps.subList(0, steps.size() - 1)));
  }

  /** Whether one of the two is the other or lies inside it. */
  public boolean overlaps(FieldPath other) {
    int common = Math.min(steps.size(), other.steps.size());
    return steps.subList(0, common).equals(other.steps.subList(0, common));
  }

  private FieldPath then(String step) {
    List<String> longer = new ArrayList<>(steps);
    longer.add(step);
    return new FieldPath(longer);
  }

  @Override
  public String toString() {
    String joined = String.join("", steps);
    return joined.startsWith(".") ? joined.substring(1) : joined;
  }
}
