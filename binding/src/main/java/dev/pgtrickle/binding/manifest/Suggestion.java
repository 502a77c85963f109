package dev.pgtrickle.binding.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that a writer probably meant. */
final class Suggestion {
  private Suggestion() {}

  static Optional<String> closest(String written, Collection<String> known) {
    int tolerance = Math.max(1, written.length() / 3);
    return known.stream()
        .filter(word ->
            distance(lower(written), lower(word)) <= tolerance
                || lower(written).startsWith(lower(word)))
        .min(
            Comparator.comparingInt((String word) -> distance(lower(written), lower(word)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Levenshtein's distance, one row at a time. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, Math.min(row[column], row[column - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
