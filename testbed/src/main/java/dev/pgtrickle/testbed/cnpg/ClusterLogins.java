package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.machine.TestbedException;
import dev.pgtrickle.testbed.postgres.EmbeddedPostgres;
import dev.pgtrickle.testbed.postgres.SqlSession;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The application's login, which owns its database and is no superuser, and the superuser's. */
record ClusterLogins(ClusterSpec spec, String applicationPassword, String superuserPassword) {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 64;

  static ClusterLogins generate(ClusterSpec spec) {
    return new ClusterLogins(spec, password(), password());
  }

  List<HasMetadata> objects(ClusterObjects objects) {
    List<HasMetadata> logins = new ArrayList<>();
    logins.add(objects.login("app", spec.owner(), spec.database(), applicationPassword));
    if (spec.superuserSecret() == ClusterSpec.SuperuserAccess.ENABLED) {
      logins.add(objects.login("superuser", "postgres", "*", superuserPassword));
    }
    return logins;
  }

  void createIn(EmbeddedPostgres server) {
    try (Connection connection = server.connect("postgres", "postgres")) {
      SqlSession session = new SqlSession(connection);
      run(session, "create role %I login password %L", spec.owner(), applicationPassword);
      run(session, "create database %I owner %I", spec.database(), spec.owner());
      if (spec.superuserSecret() == ClusterSpec.SuperuserAccess.ENABLED) {
        run(session, "alter role %I password %L", "postgres", superuserPassword);
      }
    } catch (SQLException e) {
      throw new TestbedException("Could not create the application's database", e);
    }
  }

  private static void run(SqlSession session, String template, String first, String second)
      throws SQLException {
    session.execute(
        String.valueOf(session.queryText("select format(?, ?, ?)", template, first, second)));
  }

  private static String password() {
    StringBuilder password = new StringBuilder();
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < LENGTH; i++) {
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return password.toString();
  }

  /** Never shows a password. */
  @Override
  public String toString() {
    return "logins of " + spec.identity();
  }
}
