package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.certificates.CertificateAuthority;
import dev.pgtrickle.testbed.certificates.IssuedCertificate;
import dev.pgtrickle.testbed.cnpg.ClusterWish.State;
import dev.pgtrickle.testbed.cnpg.timeline.RecordedTimeline;
import dev.pgtrickle.testbed.machine.TestbedException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Brings the Cluster of one name to what is asked of it. Everything happens in one thread, one
 * thing after the other, so that a timeline is never disturbed by the next.
 */
final class ClusterController implements AutoCloseable {
  private final ClusterResource resource;
  private final LoopbackService service;
  private final HostsFile hosts;
  private final StandInSettings settings;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("stand-in").factory());
  private State state = State.SERVING;
  private volatile @Nullable ClusterStage stage;
  private volatile @Nullable String authority;
  private @Nullable PlayedTimeline lastPlayed;

  ClusterController(
      ClusterResource resource, ServiceAddress address, HostsFile hosts, StandInSettings settings) {
    this.resource = resource;
    this.service = new LoopbackService(address);
    this.hosts = hosts;
    this.settings = settings;
  }

  ServiceAddress address() {
    return service.address();
  }

  ClusterStage stage() {
    ClusterStage present = stage;
    if (present == null) {
      throw new IllegalStateException("There is no Cluster " + resource.name());
    }
    return present;
  }

  String authority() {
    return Objects.requireNonNull(authority, "There is no Cluster " + resource.name());
  }

  /** Looks at the Cluster soon, after what is being done. */
  Future<?> changed() {
    return thread.submit(() -> {
      try {
        reconcile();
      } catch (RuntimeException e) {
        if (!thread.isShutdown()) {
          settings.progress().accept("The stand-in of " + resource.name() + " failed: " + e);
        }
        throw e;
      }
    });
  }

  /** Waits until the Cluster is as it is asked to be. */
  void settle() {
    await(() -> {
      reconcile();
      return "";
    });
  }

  /**
   * The same, and tells what was played last on the way, by us or because the watch was quicker.
   */
  PlayedTimeline settlePlaying() {
    return await(() -> {
      reconcile();
      return Objects.requireNonNull(lastPlayed);
    });
  }

  PlayedTimeline play(RecordedTimeline timeline) {
    return await(() -> playNow(timeline));
  }

  @Override
  public void close() {
    thread.shutdownNow();
    thread.close();
    stop();
  }

  private void reconcile() {
    Optional<GenericKubernetesResource> found = resource.read();
    ClusterStage present = stage;
    if (present != null && !isThere(found, present.spec().identity().uid())) {
      stop();
      present = null;
    }
    if (found.isEmpty() || found.get().getMetadata().getDeletionTimestamp() != null) {
      return;
    }
    if (present == null) {
      create(ClusterSpec.of(found.get(), settings.version()));
    }
    bringTo(ClusterWish.of(resource.read().orElse(found.get()), stage().instances().primaryName()));
  }

  private void bringTo(ClusterWish wish) {
    if (state != State.SERVING && state != wish.state()) {
      playNow(state == State.FENCED ? RecordedTimeline.UNFENCING : RecordedTimeline.WAKING);
      state = State.SERVING;
    }
    if (state != wish.state()) {
      playNow(
          wish.state() == State.FENCED ? RecordedTimeline.FENCING : RecordedTimeline.HIBERNATION);
      state = wish.state();
    }
    Instances instances = stage().instances();
    if (state == State.SERVING
        && !wish.targetPrimary().equals(instances.primaryName())
        && stage().spec().instanceNames().contains(wish.targetPrimary())) {
      playNow(RecordedTimeline.SWITCHOVER);
    }
  }

  private void create(ClusterSpec spec) {
    settings.progress().accept("starting PostgreSQL of Cluster " + resource.name() + " ...");
    CertificateAuthority signer = new CertificateAuthority(resource.name());
    IssuedCertificate certificate = signer.issue(spec.identity().serverCertificate());
    hosts.add(service.address().host(), spec.identity().serviceNames());
    ClusterStage created = new ClusterStage(spec, resource, service, certificate, settings);
    stage = created;
    authority = signer.certificate();
    state = State.SERVING;
    created.makeObjects(signer, certificate);
    created.begin();
    new TimelinePlayer(Pace.BRISK).play(RecordedTimeline.CREATION, created);
  }

  private PlayedTimeline playNow(RecordedTimeline timeline) {
    stage().begin();
    PlayedTimeline played = new TimelinePlayer(settings.pace()).play(timeline, stage());
    lastPlayed = played;
    return played;
  }

  private void stop() {
    ClusterStage present = stage;
    stage = null;
    if (present != null) {
      present.close();
    }
  }

  private static boolean isThere(Optional<GenericKubernetesResource> found, String uid) {
    return found
        .filter(cluster -> cluster.getMetadata().getUid().equals(uid))
        .filter(cluster -> cluster.getMetadata().getDeletionTimestamp() == null)
        .isPresent();
  }

  private <T> T await(Callable<T> work) {
    try {
      return thread.submit(work).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("Interrupted while waiting for " + resource.name(), e);
    } catch (ExecutionException e) {
      throw new TestbedException("The stand-in of " + resource.name() + " failed", e);
    }
  }
}
