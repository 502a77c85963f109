package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.certificates.CertificateAuthority;
import dev.pgtrickle.testbed.certificates.IssuedCertificate;
import dev.pgtrickle.testbed.cnpg.timeline.Happening;
import dev.pgtrickle.testbed.cnpg.timeline.InstanceRole;
import dev.pgtrickle.testbed.cnpg.timeline.Shown;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where timelines are played: the status of one Cluster, its servers, and the service before them.
 */
final class ClusterStage implements TimelinePlayer.Stage, AutoCloseable {
  private final ClusterSpec spec;
  private final ClusterResource resource;
  private final LoopbackService service;
  private final ClusterStatus status;
  private final ClusterLogins logins;
  private final Instances instances;
  private Map<InstanceRole, String> names = Map.of();
  private int firstTimeline = 1;
  private @Nullable String systemIdentifier;

  ClusterStage(
      ClusterSpec spec,
      ClusterResource resource,
      LoopbackService service,
      IssuedCertificate certificate,
      StandInSettings settings) {
    this.spec = spec;
    this.resource = resource;
    this.service = service;
    this.status = new ClusterStatus(spec.identity(), spec.image());
    this.logins = ClusterLogins.generate(spec);
    this.instances = new Instances(spec.version(), settings.serverSettings(), certificate);
  }

  /** Makes the Secrets and Services, which are there before any instance is. */
  void makeObjects(CertificateAuthority authority, IssuedCertificate certificate) {
    ClusterObjects objects =
        new ClusterObjects(
            spec.identity(), service.address().port(), String.valueOf(spec.version().major()));
    objects.certificates(authority, certificate).forEach(resource::apply);
    logins.objects(objects).forEach(resource::apply);
    objects.services().forEach(resource::apply);
  }

  /** The roles keep their meaning until the next timeline begins. */
  void begin() {
    Map<InstanceRole, String> roles = new EnumMap<>(InstanceRole.class);
    List<String> all = spec.instanceNames();
    String old = exists() ? instances.primaryName() : all.getFirst();
    roles.put(InstanceRole.OLD, old);
    roles.put(InstanceRole.PENDING, "pending");
    all.stream()
        .filter(name -> !name.equals(old))
        .findFirst()
        .ifPresent(other -> roles.put(InstanceRole.NEW, other));
    names = roles;
    if (exists() && instances.primary().isRunning()) {
      firstTimeline = instances.timeline();
    }
  }

  @Override
  public void show(Shown shown) {
    resource.writeStatus(
        status.document(
            shown,
            new ClusterStatus.Cast(spec.instanceNames(), names, systemIdentifier, firstTimeline)));
  }

  @Override
  public void happen(Happening happening) {
    switch (happening) {
      case PRIMARY_STOPS -> {
        service.refuse();
        instances.stopPrimary();
      }
      case PRIMARY_IS_KILLED -> {
        instances.killPrimary();
        service.refuse();
      }
      case PROMOTION -> instances.promote();
      case REPLICA_RETURNS -> instances.returnReplica();
      case INSTANCES_STOP -> {
        service.refuse();
        instances.stopAll();
      }
      case INSTANCES_START -> {
        startInstances();
        service.leadTo(instances.primary().port());
      }
      case SERVICE_HANGS -> service.hang();
      case SERVICE_ANSWERS -> service.leadTo(instances.primary().port());
    }
  }

  private void startInstances() {
    if (exists()) {
      instances.startAll();
      return;
    }
    instances.create(spec.instanceNames());
    logins.createIn(instances.primary());
    systemIdentifier = instances.systemIdentifier();
  }

  ClusterSpec spec() {
    return spec;
  }

  ClusterLogins logins() {
    return logins;
  }

  Instances instances() {
    return instances;
  }

  private boolean exists() {
    return systemIdentifier != null;
  }

  @Override
  public void close() {
    service.refuse();
    instances.close();
  }
}
