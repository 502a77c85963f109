package dev.pgtrickle.testbed.cnpg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.cnpg.timeline.Happening;
import dev.pgtrickle.testbed.cnpg.timeline.InstanceRole;
import dev.pgtrickle.testbed.cnpg.timeline.RecordedTimeline;
import dev.pgtrickle.testbed.postgres.EmbeddedPostgres;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Another instance becomes the primary, as it was recorded, and back again. */
class PrimaryChangesTest extends StandInWorld {
  /** What is played is the operator of the cluster, which does not look at the version. */
  static Stream<PostgresVersion> versions() {
    List<PostgresVersion> all = TestServers.versions();
    return Stream.of(all.getFirst(), all.getLast()).distinct();
  }

  @Test
  void switchover() throws Exception {
    changePrimary(
        TestServers.newest(),
        RecordedTimeline.SWITCHOVER,
        StandInCluster::switchover,
        Happening.PRIMARY_STOPS);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void failover(PostgresVersion version) throws Exception {
    changePrimary(
        version, RecordedTimeline.FAILOVER, StandInCluster::failover, Happening.PRIMARY_IS_KILLED);
  }

  private interface Change {
    PlayedTimeline of(StandInCluster cluster);
  }

  /** And back again: the former primary has to be a replica that can be promoted. */
  private void changePrimary(
      PostgresVersion version, RecordedTimeline timeline, Change change, Happening down)
      throws Exception {
    StandInCluster cluster = clusters.create("pg-main", 2, version);
    execute(cluster, "create table kept (i int)");
    Map<InstanceRole, String> there =
        Map.of(
            InstanceRole.OLD, "pg-main-1",
            InstanceRole.NEW, "pg-main-2",
            InstanceRole.PENDING, "pending");
    for (int round = 1; round <= 2; round++) {
      execute(cluster, "insert into kept values (" + round + ")");
      EmbeddedPostgres before = cluster.primary();
      Map<InstanceRole, String> names =
          round == 1
              ? there
              : Map.of(
                  InstanceRole.OLD, "pg-main-2",
                  InstanceRole.NEW, "pg-main-1",
                  InstanceRole.PENDING, "pending");
      try (StatusRecorder recorder = new StatusRecorder(namespace.client(), cluster);
          SqlProbe probe = new SqlProbe(cluster)) {
        Instant began = Instant.now();
        awaitSuccess(probe, began);
        Instant asked = Instant.now();
        PlayedTimeline played = change.of(cluster);
        Instant gone = played.done(down).orElseThrow();
        Instant back = played.done(Happening.SERVICE_ANSWERS).orElseThrow();
        awaitSuccess(probe, back);
        assertThat(probe.between(began, asked)).isPositive();
        assertThat(probe.between(gone, back)).isZero();
        String[] expected = StatusRecorder.expected(timeline, names, 2).toArray(String[]::new);
        await(() -> recorder.seen().getLast().equals(expected[expected.length - 1]));
        assertThat(recorder.seen()).endsWith(expected);
      }
      assertThat(cluster.primary()).isNotSameAs(before);
      assertThat(cluster.primary().version()).isEqualTo(version);
      assertThat(query(cluster, "select array_agg(i order by i)::text from kept"))
          .isEqualTo(round == 1 ? "{1}" : "{1,2}");
      assertThat(realTimeline(cluster)).isEqualTo(1 + round);
      assertThat(text(read(cluster), "timelineID")).isEqualTo(String.valueOf(1 + round));
    }
  }

  private static void awaitSuccess(SqlProbe probe, Instant back) throws Exception {
    await(() -> probe.between(back, Instant.now()) > 0);
  }
}
