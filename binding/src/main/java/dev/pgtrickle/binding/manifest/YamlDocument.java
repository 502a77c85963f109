package dev.pgtrickle.binding.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.binding.problem.LocatedProblem;
import dev.pgtrickle.binding.problem.Place;
import dev.pgtrickle.binding.problem.Problem;
import dev.pgtrickle.engine.error.TextPosition;
import java.util.Map;
import java.util.Optional;

/**
 * One document of a file.
 *
 * @param positions of every field and list item
 */
record YamlDocument(String file, JsonNode root, Map<FieldPath, TextPosition> positions) {

  /** Where a field is; for one that is missing, the nearest that is there. */
  Place placeOf(FieldPath path) {
    for (Optional<FieldPath> next = Optional.of(path);
        next.isPresent();
        next = next.get().parent()) {
      TextPosition position = positions.get(next.get());
      if (position != null) {
        return new Place(file, position);
      }
    }
    return new Place(file, new TextPosition(1, 1));
  }

  LocatedProblem locate(Problem problem) {
    return new LocatedProblem(placeOf(problem.path()), problem);
  }
}
