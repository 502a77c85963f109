package dev.pgtrickle.testbed.draw;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Draws the values of one row. Each value is a pure function of the seed, of what it is for and of
 * the row's key, computed by PostgreSQL itself: a table of any size is one INSERT ... SELECT FROM
 * generate_series, any row of it can be made again, and other tables can refer to its values
 * without a look.
 *
 * @param key SQL expression of type bigint
 */
public record Draw(String key, long seed) {
  private static final long SPREAD = 1_000_003;

  /** A whole number from zero up to below the bound, of type bigint. */
  public String below(String purpose, long bound) {
    return "((hashint8extended(%s, %d) & 2147483647) %% %d)"
        .formatted(key, seed * SPREAD + purpose.hashCode(), bound);
  }

  /** A whole number of type integer, both ends included. */
  public String between(String purpose, long least, long greatest) {
    return "(%d + %s)::integer".formatted(least, below(purpose, greatest - least + 1));
  }

  /** A number with two decimals, from so many hundredths to so many. */
  public String hundredths(String purpose, long least, long greatest) {
    return "((%d + %s)::numeric / 100)::numeric(15, 2)"
        .formatted(least, below(purpose, greatest - least + 1));
  }

  /** One of the words, each as likely as the others; a word that is there twice is twice so. */
  public String oneOf(String purpose, List<String> words) {
    return word(words, below(purpose, words.size()));
  }

  /** The word of a place that is computed: 0 is the first. */
  public static String word(List<String> words, String place) {
    return "(ARRAY[%s])[1 + (%s)]"
        .formatted(
            words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", ")), place);
  }
}
