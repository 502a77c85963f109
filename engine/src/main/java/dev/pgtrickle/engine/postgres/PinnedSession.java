package dev.pgtrickle.engine.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings that every session of ours gives itself, since the defaults of a role or a database
 * may kill it, hide rows from it or change what an expression means (P14). The result of a query
 * may depend on these values only because they never vary.
 */
public final class PinnedSession {
  private static final int TRANSACTION_TIMEOUT_SINCE = 17;

  private final Duration statementTimeout;

  public PinnedSession(Duration statementTimeout) {
    this.statementTimeout = statementTimeout;
  }

  /** Pins a new connection. Runs in autocommit mode, one trip. */
  public void pin(Connection connection) throws SQLException {
    int majorVersion = connection.getMetaData().getDatabaseMajorVersion();
    String settings =
        settings(majorVersion).entrySet().stream()
            .map(setting -> "SET " + setting.getKey() + " = " + SqlText.literal(setting.getValue()))
            .collect(Collectors.joining(";\n"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = pg_catalog;\n" + settings);
    }
  }

  /** What a given PostgreSQL major version is told. */
  Map<String, String> settings(int majorVersion) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("statement_timeout", statementTimeout.toMillis() + "ms");
    settings.put("lock_timeout", "500ms");
    settings.put("idle_in_transaction_session_timeout", "60s");
    settings.put("idle_session_timeout", "0");
    // A backend whose client was killed ends its statement within seconds, not when it is done.
    settings.put("client_connection_check_interval", "2s");
    // And one whose client is out of reach is gone within half a minute, with the locks it holds.
    settings.put("tcp_keepalives_idle", "10");
    settings.put("tcp_keepalives_interval", "5");
    settings.put("tcp_keepalives_count", "3");
    settings.put("tcp_user_timeout", "25s");
    if (majorVersion >= TRANSACTION_TIMEOUT_SINCE) {
      settings.put("transaction_timeout", "0");
    }
    settings.put("default_transaction_read_only", "off");
    settings.put("default_transaction_isolation", "read committed");
    settings.put("default_transaction_deferrable", "off");
    settings.put("row_security", "off");
    settings.put("jit", "off");
    settings.put("plan_cache_mode", "force_generic_plan");
    settings.put("timezone", "UTC");
    settings.put("datestyle", "ISO, MDY");
    settings.put("intervalstyle", "postgres");
    settings.put("extra_float_digits", "1");
    settings.put("bytea_output", "hex");
    settings.put("xmloption", "content");
    settings.put("xmlbinary", "base64");
    settings.put("lc_monetary", "C");
    settings.put("lc_numeric", "C");
    settings.put("lc_time", "C");
    settings.put("default_text_search_config", "pg_catalog.english");
    settings.put("array_nulls", "on");
    settings.put("transform_null_equals", "off");
    settings.put("standard_conforming_strings", "on");
    settings.put("client_min_messages", "warning");
    return settings;
  }
}
