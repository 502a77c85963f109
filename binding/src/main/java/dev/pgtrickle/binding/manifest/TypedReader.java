package dev.pgtrickle.binding.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.binding.problem.Problem;
import dev.pgtrickle.engine.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Binds a tree to a resource class and finds every field that does not fit, not only the first one:
 * what does not fit is noted, cut out, and the rest is tried again.
 */
final class TypedReader {
  private final JsonMapper mapper;
  private final TypeWords words;

  TypedReader(JsonMapper mapper) {
    this.mapper = mapper;
    this.words = new TypeWords(mapper);
  }

  /** What could be bound, and what had to be cut out. */
  record Bound<T>(Optional<T> value, List<Problem> problems) {}

  <T> Bound<T> read(JsonNode document, Class<T> type) {
    JsonNode rest = document.deepCopy();
    List<Problem> problems = new ArrayList<>();
    while (true) {
      try {
        return new Bound<>(Optional.ofNullable(mapper.treeToValue(rest, type)), problems);
      } catch (JsonMappingException misfit) {
        problems.add(describe(rest, misfit));
        if (!cut(rest, misfit.getPath())) {
          return new Bound<>(Optional.empty(), problems);
        }
      } catch (JsonProcessingException impossible) {
        throw new IllegalStateException("a tree has no syntax", impossible);
      }
    }
  }

  private Problem describe(JsonNode tree, JsonMappingException misfit) {
    FieldPath path = FieldPath.ROOT;
    JsonNode value = tree;
    for (JsonMappingException.Reference step : misfit.getPath()) {
      if (step.getFieldName() == null) {
        path = path.index(step.getIndex());
        value = value.path(step.getIndex());
      } else {
        path = path.field(step.getFieldName());
        value = value.path(step.getFieldName());
      }
    }
    if (misfit instanceof UnrecognizedPropertyException unknown) {
      List<String> known = unknown.getKnownPropertyIds().stream().map(String::valueOf).toList();
      return new Problem(
          ErrorCode.INVALID_MANIFEST,
          path,
          "unknown field",
          Suggestion.closest(unknown.getPropertyName(), known)
              .map(field -> "did you mean " + field + "?")
              .orElseGet(
                  () -> "known here: " + String.join(", ", known.stream().sorted().toList())));
    }
    Class<?> wanted =
        misfit instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
            ? mismatch.getTargetType()
            : Object.class;
    return new Problem(
        ErrorCode.INVALID_MANIFEST,
        path,
        TypeWords.show(value) + " " + words.misfit(wanted),
        words.remedy(wanted, value));
  }

  /**
   * Removes the innermost field on the way to the misfit, so that its neighbours are still read.
   */
  private static boolean cut(JsonNode tree, List<JsonMappingException.Reference> path) {
    JsonNode value = tree;
    ObjectNode holder = null;
    String field = null;
    for (JsonMappingException.Reference step : path) {
      if (step.getFieldName() != null && value instanceof ObjectNode object) {
        holder = object;
        field = step.getFieldName();
      }
      value =
          step.getFieldName() == null
              ? value.path(step.getIndex())
              : value.path(step.getFieldName());
    }
    return holder != null && field != null && holder.remove(field) != null;
  }
}
