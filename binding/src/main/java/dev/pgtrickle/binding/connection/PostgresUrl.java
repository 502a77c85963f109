package dev.pgtrickle.binding.connection;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connection URL as libpq and the JDBC driver write it: {@code
 * postgresql://user:password@host:port/database?sslmode=require}, with or without {@code jdbc:}.
 *
 * <p>Credentials are taken out at once; neither this class nor an error of it ever shows them.
 */
public final class PostgresUrl {
  private static final String DEFAULT_PORT = "5432";
  private static final String FORM = "postgresql://user:password@host:5432/database";

  private final String address;
  private final Optional<String> database;
  private final List<String> parameters;
  private final Optional<String> user;
  private final Optional<String> password;

  private PostgresUrl(
      String address,
      Optional<String> database,
      List<String> parameters,
      Optional<String> user,
      Optional<String> password) {
    this.address = address;
    this.database = database;
    this.parameters = parameters;
    this.user = user;
    this.password = password;
  }

  public static PostgresUrl parse(String text) {
    URI uri = uri(text);
    String authority = Optional.ofNullable(uri.getRawAuthority()).orElse("");
    int at = authority.lastIndexOf('@');
    String[] credentials = at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);
    Optional<String> user = part(credentials, 0);
    Optional<String> password = part(credentials, 1);
    List<String> parameters = new ArrayList<>();
    for (String parameter : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
      String[] pair = parameter.split("=", 2);
      switch (pair[0]) {
        case "" -> {}
        case "user" -> user = part(pair, 1);
        case "password" -> password = part(pair, 1);
        default -> parameters.add(parameter);
      }
    }
    String path = Optional.ofNullable(uri.getRawPath()).orElse("");
    return new PostgresUrl(
        address(authority.substring(at + 1)),
        path.length() > 1 ? Optional.of(decode(path.substring(1))) : Optional.empty(),
        List.copyOf(parameters),
        user,
        password);
  }

  /** The URL of a server that is described in parts. */
  static PostgresUrl of(
      String host, String port, Optional<String> database, String user, String password) {
    return new PostgresUrl(
        host + ":" + port, database, List.of(), Optional.of(user), Optional.of(password));
  }

  public Optional<String> database() {
    return database;
  }

  /** The same server and user in another database. */
  public PostgresUrl withDatabase(String name) {
    return new PostgresUrl(address, Optional.of(name), parameters, user, password);
  }

  /**
   * Where to connect, and as whom; what the URL does not say comes from PGUSER, PGPASSWORD and
   * PGDATABASE, as with every client of PostgreSQL.
   */
  public ConnectionTarget target(Map<String, String> environment) {
    String name =
        user.or(() -> Optional.ofNullable(environment.get("PGUSER")))
            .orElseThrow(
                () -> refused("the URL names no user", "write " + FORM + " or set PGUSER"));
    String secret =
        password.or(() -> Optional.ofNullable(environment.get("PGPASSWORD"))).orElse("");
    String where =
        database.or(() -> Optional.ofNullable(environment.get("PGDATABASE"))).orElse(name);
    return new ConnectionTarget(jdbc(where), name, secret);
  }

  /** The URL without credentials. */
  @Override
  public String toString() {
    return "postgresql://" + address + database.map(name -> "/" + encode(name)).orElse("");
  }

  private String jdbc(String name) {
    String query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    return "jdbc:postgresql://" + address + "/" + encode(name) + query;
  }

  private static URI uri(String text) {
    String url = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
    try {
      URI uri = new URI(url);
      if ("postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException notShown) {
      // Its message would repeat the text, and with it the password.
      throw refused(
          "the URL cannot be read",
          "write " + FORM + ", special characters of the password as %XX");
    }
    throw refused("the URL is not one of PostgreSQL", "write " + FORM);
  }

  private static String address(String hosts) {
    if (hosts.isEmpty()) {
      return "localhost:" + DEFAULT_PORT;
    }
    return hosts;
  }

  private static Optional<String> part(String[] parts, int index) {
    return index < parts.length ? Optional.of(decode(parts[index])) : Optional.empty();
  }

  /** A plus sign is itself in a URL's path and user; only forms read it as a space. */
  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static TrickleException refused(String what, String remedy) {
    return TrickleException.of(ErrorCode.INVALID_MANIFEST, what, remedy);
  }
}
