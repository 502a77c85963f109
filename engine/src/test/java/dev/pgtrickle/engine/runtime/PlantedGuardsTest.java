package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.lifecycle.LifecycleRules;
import dev.pgtrickle.engine.lifecycle.StepListener;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.storage.ReaderBarrier;
import dev.pgtrickle.engine.storage.WriteGuards;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** P8: each of the three guards is needed; taken out, rows of a stream table can be changed. */
class PlantedGuardsTest {
  private static final String QUERY =
      "SELECT branch, count(*) AS n FROM public.entry GROUP BY branch";
  private static final String DELETE = "DELETE FROM totals";

  private static class NoViewTrigger extends WriteGuards {
    @Override
    public List<String> onView(QualifiedName relation) {
      return List.of();
    }
  }

  private static final class NoneOnView extends NoViewTrigger {
    @Override
    public List<String> onOwner(QualifiedName relation, Optional<Identifier> owner) {
      return List.of();
    }
  }

  private static final class NoneAtAll extends NoViewTrigger {
    @Override
    public List<String> onOwner(QualifiedName relation, Optional<Identifier> owner) {
      return List.of();
    }

    @Override
    public List<String> onStorage(QualifiedName storage) {
      return List.of();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void with_all_of_them_nothing_gets_through(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version, new WriteGuards())) {
      assertThatThrownBy(() -> fixture.database.execute(DELETE)).isInstanceOf(SQLException.class);
      fixture.database.execute("GRANT DELETE ON totals TO CURRENT_USER");
      assertThatThrownBy(() -> fixture.database.execute(DELETE))
          .hasMessageContaining("is read-only");
      fixture.assertExact("totals", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void planted_without_the_trigger_a_grant_reaches_the_storage(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = populated(version, new NoViewTrigger())) {
      assertThatThrownBy(() -> fixture.database.execute(DELETE))
          .hasMessageContaining("permission denied");
      fixture.database.execute("GRANT DELETE ON totals TO CURRENT_USER");
      assertThatThrownBy(() -> fixture.database.execute(DELETE))
          .as("only the storage's own guard is left")
          .hasMessageContaining("written by refreshes only");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void planted_without_trigger_and_revoke_only_the_storage_resists(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = populated(version, new NoneOnView())) {
      assertThatThrownBy(() -> fixture.database.execute(DELETE))
          .hasMessageContaining("written by refreshes only");
      fixture.assertExact("totals", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void planted_without_any_of_them_a_delete_empties_the_table(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = populated(version, new NoneAtAll())) {
      fixture.database.execute(DELETE);
      assertThat(fixture.differences("totals", QUERY)).isPositive();
    }
  }

  private static EngineFixture populated(PostgresVersion version, WriteGuards guards)
      throws Exception {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        "CREATE TABLE entry (id int, branch int NOT NULL)",
        "INSERT INTO entry SELECT g, g % 3 FROM generate_series(1, 30) AS g");
    fixture.start(
        EngineRules.standard()
            .with(new LifecycleRules(StepListener.silent(), new ReaderBarrier(), guards)));
    fixture.bring(fixture.manual("totals", QUERY));
    EngineFixture.await(
        "the gate is open",
        () ->
            fixture.database.queryLong(
                    "SELECT count(*) FROM pgtrickle.storage_version WHERE gate_open")
                == 1);
    return fixture;
  }
}
