package dev.pgtrickle.cli.bench.latency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The tables that a commit has to reach. */
public enum Pipeline {
  /** One table. */
  LATENCY("in a stream table", Duration.ofMillis(10), OptionalDouble.of(8), OptionalDouble.of(30)) {
    @Override
    List<Stage> stages() {
      return List.of(Stage.groups("totals", 0));
    }
  },

  /** Ten tables, each reads the one before. */
  CHAIN(
      "in the last of ten stream tables that each read the one before",
      Duration.ofMillis(200),
      OptionalDouble.of(15),
      OptionalDouble.empty()) {
    @Override
    List<Stage> stages() {
      List<Stage> stages = new ArrayList<>();
      stages.add(Stage.groups("link_1", 0));
      for (int link = 2; link <= LINKS; link++) {
        stages.add(Stage.over("link_" + link, "link_" + (link - 1)));
      }
      return stages;
    }
  },

  /** Two tables read one, and a last one reads both. */
  DIAMOND(
      "in a stream table that reads two others, which read a fourth",
      Duration.ofMillis(200),
      OptionalDouble.of(10),
      OptionalDouble.empty()) {
    @Override
    List<Stage> stages() {
      return List.of(
          Stage.groups("top", 0),
          Stage.over("left_side", "top"),
          Stage.over("right_side", "top"),
          Stage.over("bottom", "left_side", "right_side"));
    }
  },

  /** Sixty tables over one. */
  WIDE(
      "in all of sixty stream tables over one table",
      Duration.ofMillis(200),
      OptionalDouble.of(80),
      OptionalDouble.empty()) {
    @Override
    List<Stage> stages() {
      return IntStream.rangeClosed(1, TABLES)
          .mapToObj(table -> Stage.groups("beside_" + table, table))
          .toList();
    }
  };

  private static final int LINKS = 10;
  private static final int TABLES = 60;

  private final String where;
  private final Duration pause;
  private final OptionalDouble medianGoal;
  private final OptionalDouble tailGoal;

  Pipeline(String where, Duration pause, OptionalDouble medianGoal, OptionalDouble tailGoal) {
    this.where = where;
    this.pause = pause;
    this.medianGoal = medianGoal;
    this.tailGoal = tailGoal;
  }

  /** In an order in which they can be made. */
  abstract List<Stage> stages();

  /** Between two commits. */
  Duration pause() {
    return pause;
  }

  /** What is measured. */
  public String description() {
    return "From a commit to the moment when readers see it "
        + where
        + ", against the best SQL written by hand.";
  }

  /** Milliseconds at the median. */
  OptionalDouble medianGoal() {
    return medianGoal;
  }

  /** Milliseconds of all but one in a hundred. */
  OptionalDouble tailGoal() {
    return tailGoal;
  }

  /** What users call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The stages that others read. */
  boolean isRead(Stage stage) {
    return stages().stream().anyMatch(other -> other.reads().contains(stage.name()));
  }

  /** A view of what all of them show: the least balance of a branch. */
  String shown(String schema) {
    List<String> selects =
        stages().stream()
            .map(stage -> "SELECT branch, balance FROM " + schema + "." + stage.name())
            .toList();
    return "CREATE VIEW %1$s.shown AS SELECT branch, min(balance) AS balance FROM (%2$s) AS every GROUP BY branch"
        .formatted(schema, String.join(" UNION ALL ", selects));
  }
}
