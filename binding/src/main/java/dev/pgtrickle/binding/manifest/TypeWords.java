package dev.pgtrickle.binding.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pgtrickle.crds.streamtable.IntOrString;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** Says in a writer's words what a field wants to be. */
final class TypeWords {
  private static final int LONGEST_VALUE = 40;

  private final JsonMapper mapper;

  TypeWords(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /** The value as it is shown in a message. */
  static String show(JsonNode value) {
    if (value.isObject()) {
      return "a mapping";
    }
    if (value.isArray()) {
      return "a list";
    }
    if (value.isNull() || value.isMissingNode()) {
      return "nothing";
    }
    String text = value.asText();
    return text.length() > LONGEST_VALUE
        ? '"' + text.substring(0, LONGEST_VALUE) + "...\""
        : '"' + text + '"';
  }

  String misfit(Class<?> wanted) {
    if (wanted.isEnum()) {
      return "is not one of its words";
    }
    if (wanted == String.class) {
      return "is not text";
    }
    if (wanted == Long.class || wanted == long.class) {
      return "is not a whole number";
    }
    if (wanted == Boolean.class) {
      return "is neither true nor false";
    }
    if (wanted == IntOrString.class) {
      return "is not a quantity";
    }
    if (Collection.class.isAssignableFrom(wanted)) {
      return "is not a list";
    }
    return wanted == Object.class ? "does not belong here" : "is not a mapping";
  }

  String remedy(Class<?> wanted, JsonNode value) {
    if (wanted.isEnum()) {
      return "write one of "
          + Arrays.stream(wanted.getEnumConstants())
              .map(constant -> mapper.valueToTree(constant).asText())
              .collect(Collectors.joining(", "));
    }
    if (wanted == String.class) {
      return value.isContainerNode() ? "write text" : "put it in quotes";
    }
    if (wanted == Long.class || wanted == long.class) {
      return "write digits without quotes";
    }
    if (wanted == Boolean.class) {
      return "write true or false without quotes";
    }
    if (wanted == IntOrString.class) {
      return "write for example 64Mi";
    }
    if (Collection.class.isAssignableFrom(wanted)) {
      return "begin each item with a dash";
    }
    return wanted == Object.class
        ? "remove it"
        : "write fields below it, indented by two more spaces";
  }
}
