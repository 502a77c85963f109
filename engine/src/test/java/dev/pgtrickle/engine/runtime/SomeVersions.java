package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * The oldest version, the newest, and one between, which is another one for another test and always
 * the same for the same: what the engine says to a server does not depend on the server's version
 * (docs/adr/0008). All of them under {@code -Plong}; those that were asked for where any were.
 */
final class SomeVersions implements ArgumentsProvider {
  private static final String BETWEEN = "pgtrickle.versions.between";

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    String test =
        context.getRequiredTestClass().getName() + context.getRequiredTestMethod().getName();
    return TestServers.asked()
        .orElseGet(() -> unasked(System.getProperty(BETWEEN, "one"), test))
        .stream()
        .map(Arguments::of);
  }

  static List<PostgresVersion> unasked(String between, String test) {
    List<PostgresVersion> all = List.of(PostgresVersion.values());
    if (between.equals("all")) {
      return all;
    }
    List<PostgresVersion> middle = all.subList(1, all.size() - 1);
    return List.of(
        all.getFirst(), middle.get(Math.floorMod(test.hashCode(), middle.size())), all.getLast());
  }
}
