package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * P14: the rights that the engine's role needs in a database, checked and named one by one, and the
 * powers that it must not have: a function of a user that runs in a refresh runs with them.
 */
public final class EngineRights {

  /** Throws with every right that is missing and every power that is too much. */
  public void check(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT current_user AS role_name,
                       current_database() AS database_name,
                       has_database_privilege(current_database(), 'CREATE') AS may_create,
                       has_database_privilege(current_database(), 'TEMPORARY') AS may_use_temporary,
                       pg_is_in_recovery() AS standby,
                       role.rolsuper, role.rolcreaterole, role.rolreplication, role.rolbypassrls,
                       coalesce((SELECT pg_get_userbyid(nspowner) FROM pg_namespace
                                 WHERE nspname = 'pgtrickle'
                                   AND NOT pg_has_role(nspowner, 'USAGE')), '') AS other_owner
                FROM pg_roles AS role
                WHERE role.rolname = current_user\
                """)) {
      row.next();
      refuseStandby(row);
      refuseOtherOwner(row);
      refuseStrongLogin(row);
      requireRights(row);
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "checking the rights of the engine's role");
    }
  }

  private static void refuseStandby(ResultSet row) throws SQLException {
    if (row.getBoolean("standby")) {
      throw TrickleException.of(
          ErrorCode.DATABASE_UNAVAILABLE,
          "the server is a standby and cannot be written to",
          "connect to the primary");
    }
  }

  private static void refuseOtherOwner(ResultSet row) throws SQLException {
    String owner = row.getString("other_owner");
    if (!owner.isEmpty()) {
      throw TrickleException.of(
          ErrorCode.CONFLICT,
          "the schema pgtrickle of this database belongs to the role " + owner,
          "connect as that role: one database has one engine role");
    }
  }

  private static void refuseStrongLogin(ResultSet row) throws SQLException {
    List<String> powers = new ArrayList<>();
    if (row.getBoolean("rolsuper")) {
      powers.add("SUPERUSER");
    }
    if (row.getBoolean("rolcreaterole")) {
      powers.add("CREATEROLE");
    }
    if (row.getBoolean("rolreplication")) {
      powers.add("REPLICATION");
    }
    if (row.getBoolean("rolbypassrls")) {
      powers.add("BYPASSRLS");
    }
    if (!powers.isEmpty()) {
      throw TrickleException.of(
          ErrorCode.PERMISSION_DENIED,
          "the role %s is too strong: it has %s"
              .formatted(row.getString("role_name"), String.join(", ", powers)),
          "connect as an ordinary role that owns the database (CREATE ROLE app LOGIN PASSWORD ...;"
              + " ALTER DATABASE %s OWNER TO app)".formatted(row.getString("database_name")));
    }
  }

  private static void requireRights(ResultSet row) throws SQLException {
    List<String> missing = new ArrayList<>();
    if (!row.getBoolean("may_create")) {
      missing.add("CREATE");
    }
    if (!row.getBoolean("may_use_temporary")) {
      missing.add("TEMPORARY");
    }
    if (!missing.isEmpty()) {
      throw TrickleException.of(
          ErrorCode.PERMISSION_DENIED,
          "the role %s lacks %s on the database %s"
              .formatted(
                  row.getString("role_name"),
                  String.join(" and ", missing),
                  row.getString("database_name")),
          "GRANT %s ON DATABASE %s TO %s"
              .formatted(
                  String.join(", ", missing),
                  row.getString("database_name"),
                  row.getString("role_name")));
    }
  }
}
