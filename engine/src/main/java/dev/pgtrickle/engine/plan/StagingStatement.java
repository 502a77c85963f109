package dev.pgtrickle.engine.plan;

import java.util.List;

/**
 * A complete statement that comes before an apply and stages what it reads. Text for the driver: it
 * is the same at each refresh, so that it is made and parsed once a session; PostgreSQL plans it
 * anew each time, for the values that are bound.
 *
 * @param sql with {@code ?} for each parameter, and operators of that sign doubled
 * @param parameters what each {@code ?} in it means, in order
 */
public record StagingStatement(String sql, List<WindowParameter> parameters) {

  static StagingStatement of(String sql) {
    return new StagingStatement(sql, List.of());
  }
}
