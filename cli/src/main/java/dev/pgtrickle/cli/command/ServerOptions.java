package dev.pgtrickle.cli.command;

import dev.pgtrickle.binding.connection.PostgresUrl;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database a command speaks to. */
final class ServerOptions {
  static final String ENVIRONMENT_VARIABLE = "PGTRICKLE_PG";

  @Option(
      names = "--pg",
      paramLabel = "URL",
      required = true,
      converter = UrlConverter.class,
      defaultValue = "${env:" + ENVIRONMENT_VARIABLE + "}",
      description =
          "The database: postgresql://user:password@host:port/database or the jdbc: form. Default:"
              + " the variable PGTRICKLE_PG; the password also from PGPASSWORD.")
  private @Nullable PostgresUrl url;

  ConnectionTarget target(Map<String, String> environment) {
    if (url == null) {
      throw new IllegalStateException("picocli has checked that --pg is there");
    }
    return url.target(environment);
  }
}
