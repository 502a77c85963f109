package dev.pgtrickle.engine.sql.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Sees to it that all features of queries meet each other: each seed stands for a pair of them. */
final class FeaturePairs {
  private static final int ATTEMPTS = 300;
  private static final int NARROW_ONE_IN = 3;

  private static final List<Pattern> FEATURES =
      List.of(
          feature(" JOIN .* ON "),
          feature("LEFT JOIN|RIGHT JOIN"),
          feature("FULL JOIN"),
          feature("USING \\("),
          feature("LATERAL"),
          feature("GROUP BY"),
          feature("ROLLUP|CUBE|GROUPING SETS"),
          feature("count\\(DISTINCT|sum\\(DISTINCT|array_agg\\(DISTINCT"),
          feature("min\\(|max\\("),
          feature("sum\\("),
          feature("array_agg\\(|string_agg\\("),
          feature("FILTER"),
          feature("HAVING"),
          feature("SELECT DISTINCT (?!ON)"),
          feature("DISTINCT ON"),
          feature(" UNION (?!ALL)"),
          feature("UNION ALL"),
          feature("INTERSECT|EXCEPT"),
          feature("EXISTS"),
          feature("NOT IN"),
          feature("(?<!NOT )IN \\("),
          feature("ANY|ALL \\("),
          feature("OVER \\("),
          feature("LIMIT|FETCH FIRST"),
          feature("WITH w"),
          feature("WITH RECURSIVE"),
          feature("= \\(SELECT|\\(SELECT (?!.*FROM \\()"),
          feature("v0"),
          feature("\\.n\\b"),
          feature("\\.(f|r)\\b"),
          feature("\\.cl\\b"),
          feature("\\.(j|iv)\\b"));

  private static Pattern feature(String text) {
    return Pattern.compile(text);
  }

  /** Every third query is over one table; the others have both features of the seed's pair. */
  GeneratedTable table(long seed) {
    List<Pattern> pair = pair(seed);
    Predicate<GeneratedTable> wanted =
        seed % NARROW_ONE_IN == 0 ? GeneratedTable::isNarrow : table -> has(table, pair);
    GeneratedTable table = GeneratedTable.random(seed);
    for (int attempt = 1; attempt < ATTEMPTS && !wanted.test(table); attempt++) {
      table = GeneratedTable.random(seed * ATTEMPTS + attempt);
    }
    return new GeneratedTable("seed_" + seed, table.query(), table.choices());
  }

  private static List<Pattern> pair(long seed) {
    List<List<Pattern>> pairs = new ArrayList<>();
    for (int first = 0; first < FEATURES.size(); first++) {
      for (int second = first + 1; second < FEATURES.size(); second++) {
        pairs.add(List.of(FEATURES.get(first), FEATURES.get(second)));
      }
    }
    // Neighbours have little in common, so that a short run sees different ones.
    return pairs.get((int) Math.floorMod(seed * 211, (long) pairs.size()));
  }

  private static boolean has(GeneratedTable table, List<Pattern> pair) {
    return pair.stream().allMatch(feature -> feature.matcher(table.query()).find());
  }
}
