package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.capture.CaptureOptions;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.definition.Wake;
import dev.pgtrickle.engine.source.WakeUp;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;

/**
 * What {@code Auto} means on a server: writers that use two-phase commit cannot notify, so where
 * max_prepared_transactions is above zero the worker looks by itself.
 */
public record CaptureDefaults(WakeUp automatic, Clock clock, Duration lease) {

  public static CaptureDefaults read(Connection connection, Clock clock, Duration lease)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT current_setting('max_prepared_transactions')::integer > 0")) {
      row.next();
      return new CaptureDefaults(row.getBoolean(1) ? WakeUp.POLL : WakeUp.NOTIFY, clock, lease);
    }
  }

  CaptureOptions options(StreamTableDefinition definition) {
    return new CaptureOptions(
        wake(definition.wake()),
        clock.instant().plus(lease),
        definition.capture().buffers(),
        definition.capture().allTablesPublication());
  }

  private WakeUp wake(Wake asked) {
    return switch (asked) {
      case AUTO -> automatic;
      case NOTIFY -> WakeUp.NOTIFY;
      case POLL -> WakeUp.POLL;
    };
  }
}
