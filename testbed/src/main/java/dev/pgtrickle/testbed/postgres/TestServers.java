package dev.pgtrickle.testbed.postgres;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The servers that all tests of a JVM share, started when first asked for and stopped with the JVM.
 *
 * <p>This registry is static, the one such exception: JUnit creates test classes by itself, and a
 * server a class would cost a second each.
 */
public final class TestServers {
  /** A system property or environment variable with major versions, such as {@code 14,18}. */
  public static final String VERSIONS_VARIABLE = "PGTRICKLE_TEST_VERSIONS";

  private static final ConcurrentMap<Key, EmbeddedPostgres> SERVERS = new ConcurrentHashMap<>();

  private record Key(PostgresVersion version, ServerVariant variant) {}

  private TestServers() {}

  /**
   * The versions to test, for
   * {@code @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")}.
   */
  public static List<PostgresVersion> versions() {
    return asked().orElseGet(() -> List.of(PostgresVersion.values()));
  }

  /** The versions that were asked for, if any were. */
  public static Optional<List<PostgresVersion>> asked() {
    String property = System.getProperty(VERSIONS_VARIABLE);
    return asked(property != null ? property : System.getenv(VERSIONS_VARIABLE));
  }

  static Optional<List<PostgresVersion>> asked(@Nullable String majors) {
    if (majors == null || majors.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        Arrays.stream(majors.split(",", -1))
            .map(major -> PostgresVersion.ofMajor(Integer.parseInt(major.strip())))
            .toList());
  }

  /** The newest of the versions to test, for tests in which the version does not matter. */
  public static PostgresVersion newest() {
    return versions().getLast();
  }

  /** The shared server of this version. Do not stop it: other tests use it. */
  public static EmbeddedPostgres server(PostgresVersion version) {
    return server(version, ServerVariant.STANDARD);
  }

  /** The shared server of this version with other settings. Do not stop it: other tests use it. */
  public static EmbeddedPostgres server(PostgresVersion version, ServerVariant variant) {
    return SERVERS.computeIfAbsent(
        new Key(version, variant),
        key ->
            EmbeddedPostgres.builder(key.version())
                .settings(key.variant().settings())
                .progress(System.err::println)
                .start());
  }
}
