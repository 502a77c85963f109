package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.rewrite.ClockUse;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.sql.stability.Stability;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whether a query has one answer over the same rows. One that has not (chance, side effects, the
 * clock, where a row happens to stand) cannot be compared with anything; it is refused unless full
 * refreshes were asked for, and even then nothing vouches for its table (contract 1).
 */
final class Repeatability {
  /** Functions that say the time of the transaction, which is one for a whole refresh. */
  private static final List<String> TRANSACTION_CLOCK = List.of("now", "transaction_timestamp");

  private final Operator plan;
  private final QueryCalls calls;
  private final ClockUse clock;

  Repeatability(Operator plan, QueryCalls calls) {
    this.plan = plan;
    this.calls = calls;
    this.clock = ClockUse.of(plan);
  }

  /** What two runs over the same rows may differ in; empty = they never differ. */
  List<String> obstacles() {
    List<String> found = new ArrayList<>();
    calls.named(Stability.VOLATILE).forEach(name -> found.add("function " + name + " is volatile"));
    clockOutside().forEach(name -> found.add(name + " reads the clock"));
    if (any(plan, scan -> scan.sample().isPresent())) {
      found.add("TABLESAMPLE picks rows by chance");
    }
    if (any(plan, Repeatability::readsSystemColumn)) {
      found.add("a system column tells where a row happens to stand");
    }
    return List.copyOf(found);
  }

  /** What changes the answer without any change of a source. */
  List<Movement> moving() {
    List<Movement> found = new ArrayList<>();
    calls
        .named(Stability.OTHER_STABLE)
        .forEach(name -> found.add(unseen(name + " may read settings or other tables")));
    if (clock != ClockUse.NOWHERE || calls.has(Stability.CLOCK)) {
      found.add(new Movement("rows come and go with the clock", Movement.Cause.STORED_CLOCK));
    }
    obstacles().forEach(obstacle -> found.add(unseen(obstacle)));
    return List.copyOf(found);
  }

  private static Movement unseen(String reason) {
    return new Movement(reason, Movement.Cause.UNSEEN);
  }

  /** Throws for the first thing that makes answers differ. */
  void require(Refusals refusals) {
    calls.named(Stability.VOLATILE).stream()
        .findFirst()
        .ifPresent(name -> {
          throw refusals.volatileFunction(name);
        });
    clockOutside().stream()
        .findFirst()
        .ifPresent(name -> {
          throw refusals.clock(name);
        });
    if (any(plan, scan -> scan.sample().isPresent())) {
      throw refused(refusals, "TABLESAMPLE picks other rows each time", "TABLESAMPLE");
    }
    if (any(plan, Repeatability::readsSystemColumn)) {
      throw refused(refusals, "a system column, such as ctid or xmin, changes without its row", "");
    }
  }

  private static TrickleException refused(Refusals refusals, String what, String word) {
    return refusals.atFirst(
        TrickleException.of(
            ErrorCode.UNSUPPORTED,
            what,
            "leave it out; with refresh.mode: Full it is accepted, and the table cannot be"
                + " verified"),
        word.isEmpty() ? new String[0] : new String[] {word});
  }

  /** Uses of the clock that are no comparison of WHERE with the transaction's time. */
  private List<String> clockOutside() {
    List<String> names = calls.named(Stability.CLOCK);
    if (names.isEmpty() || clock == ClockUse.ANYWHERE) {
      return names;
    }
    return clock == ClockUse.TEMPORAL_FILTERS
        ? names.stream().filter(name -> !isTransactionTime(name)).toList()
        : names;
  }

  private static boolean isTransactionTime(String name) {
    return TRANSACTION_CLOCK.contains(name) || name.equals(TreeCalls.CLOCK_WORD);
  }

  private static boolean readsSystemColumn(Scan scan) {
    return scan.scanned().stream().anyMatch(column -> column.attributeNumber() < 0);
  }

  private static boolean any(Operator operator, Predicate<Scan> wanted) {
    if (operator instanceof Scan scan && wanted.test(scan)) {
      return true;
    }
    return operator.inputs().stream().anyMatch(input -> any(input, wanted))
        || operator.scalars().stream()
            .flatMap(scalar -> scalar.withAllOperands().stream())
            .map(Scalar::query)
            .anyMatch(query -> query.filter(found -> any(found, wanted)).isPresent());
  }
}
