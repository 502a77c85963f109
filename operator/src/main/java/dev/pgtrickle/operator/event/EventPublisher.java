package dev.pgtrickle.operator.event;

import dev.pgtrickle.operator.configuration.OperatorIdentity;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events. One that cannot be written is a log line and never a failure. */
@Singleton
public final class EventPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);
  private static final String REPORTER = "pgtrickle.dev/operator";
  private static final int LONGEST_NOTE = 1_000;
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final OperatorIdentity identity;
  private final Clock clock;
  private final EventLimiter limiter = new EventLimiter();

  EventPublisher(KubernetesClient client, OperatorIdentity identity, Clock clock) {
    this.client = client;
    this.identity = identity;
    this.clock = clock;
  }

  /** Tells it in the namespace of the object. */
  public void tell(EventSubject about, EventNote note) {
    tell(about, note, about.namespace());
  }

  /** Tells it in the operator's namespace, where the object's own is going. */
  public void tellAtHome(EventSubject about, EventNote note) {
    tell(about, note, identity.namespace());
  }

  /** An object that is gone needs no memory. */
  public void forget(String uid) {
    limiter.forget(uid);
  }

  private void tell(EventSubject about, EventNote note, String namespace) {
    Instant now = clock.instant();
    if (!limiter.admit(new EventKey(about.uid(), note.reason(), note.subject()), now)) {
      return;
    }
    try {
      client.resource(event(about, note, namespace, now)).create();
    } catch (KubernetesClientException failure) {
      LOG.warn(
          "the event {} of {}/{} could not be written: status {}",
          note.reason().word(),
          about.namespace(),
          about.name(),
          failure.getCode());
    }
  }

  private Event event(EventSubject about, EventNote note, String namespace, Instant now) {
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(about.name() + ".")
        .withNamespace(namespace)
        .endMetadata()
        .withEventTime(new MicroTime(MICROSECONDS.format(now)))
        .withType(note.reason().severity().word())
        .withReason(note.reason().word())
        .withAction("Reconcile")
        .withNote(shortened(note.message()))
        .withReportingController(REPORTER)
        .withReportingInstance(identity.name())
        .withNewRegarding()
        .withApiVersion(about.apiVersion())
        .withKind(about.kind())
        .withNamespace(about.namespace())
        .withName(about.name())
        .withUid(about.uid())
        .endRegarding()
        .build();
  }

  private static String shortened(String message) {
    return message.length() <= LONGEST_NOTE
        ? message
        : message.substring(0, LONGEST_NOTE - 3) + "...";
  }
}
