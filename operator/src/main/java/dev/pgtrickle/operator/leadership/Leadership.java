package dev.pgtrickle.operator.leadership;

import dev.pgtrickle.operator.configuration.OperatorIdentity;
import dev.pgtrickle.operator.configuration.OperatorSettings;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects the replica that reconciles. One that loses its lease without being stopped ends at once:
 * nothing else would keep it from reconciling beside its successor.
 */
@Singleton
public final class Leadership {
  /** Before everybody else that hears of the shutdown. */
  private static final int FIRST = 1;

  private static final int EXIT_CODE = 3;
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private final AtomicBoolean stopping = new AtomicBoolean();

  void onStop(@Observes @Priority(FIRST) ShutdownEvent event) {
    stopping.set(true);
  }

  @Produces
  @Singleton
  LeaderElectionConfiguration election(OperatorIdentity identity, OperatorSettings settings) {
    Duration length = Duration.ofSeconds(settings.leaseSeconds());
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(settings.leaderLease())
        .withLeaseNamespace(identity.namespace())
        .withIdentity(identity.name())
        .withLeaseDuration(length)
        .withRenewDeadline(length.multipliedBy(2).dividedBy(3))
        .withRetryPeriod(length.dividedBy(7))
        .withLeaderCallbacks(
            new LeaderCallbacks(
                () -> LOG.info("this replica leads"), this::lost, Leadership::elected))
        .build();
  }

  private void lost() {
    if (!stopping.get()) {
      LOG.error("the lease was lost: ending, so that no two replicas reconcile");
      // An orderly exit would wait for the elector, which waits for this callback.
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  private static void elected(String leader) {
    LOG.info("the leader is {}", leader);
  }
}
