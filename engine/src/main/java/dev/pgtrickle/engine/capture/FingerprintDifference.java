package dev.pgtrickle.engine.capture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What changed between two fingerprints.
 *
 * @param parts empty = nothing
 */
public record FingerprintDifference(Set<FingerprintPart> parts) {

  public FingerprintDifference {
    parts = Collections.unmodifiableSet(parts);
  }

  /**
   * Compares by part. Fingerprints of different lengths (written by another version of the engine)
   * differ in every part.
   */
  public static FingerprintDifference between(List<Long> stored, List<Long> present) {
    List<FingerprintPart> parts = List.of(FingerprintPart.values());
    if (stored.size() != parts.size() || present.size() != parts.size()) {
      return new FingerprintDifference(
          stored.equals(present)
              ? EnumSet.noneOf(FingerprintPart.class)
              : EnumSet.allOf(FingerprintPart.class));
    }
    Set<FingerprintPart> different = EnumSet.noneOf(FingerprintPart.class);
    for (int index = 0; index < parts.size(); index++) {
      if (!stored.get(index).equals(present.get(index))) {
        different.add(parts.get(index));
      }
    }
    return new FingerprintDifference(different);
  }

  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /** What changed, for people: {@code "a column that the query reads was altered; .."}. */
  public String words() {
    List<String> words = new ArrayList<>();
    parts.forEach(part -> words.add(part.words()));
    return words.stream().collect(Collectors.joining("; "));
  }
}
