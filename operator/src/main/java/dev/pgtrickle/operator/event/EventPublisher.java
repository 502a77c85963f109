package dev.pgtrickle.operator.event;

import dev.pgtrickle.operator.configuration.OperatorIdentity;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
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
    tell(about, note, about, about.namespace());
  }

  /**
   * Tells it in the operator's namespace, where the object's own is going. An event is about
   * something of its own namespace: so it is about the operator's pod, and related to the object.
   */
  public void tellAtHome(EventSubject about, EventNote note) {
    EventSubject pod = new EventSubject("v1", "Pod", identity.namespace(), identity.name(), "");
    tell(about, note, pod, identity.namespace());
  }

  /** An object that is gone needs no memory. */
  public void forget(String uid) {
    limiter.forget(uid);
  }

  private void tell(EventSubject about, EventNote note, EventSubject regarding, String namespace) {
    Instant now = clock.instant();
    if (!limiter.admit(new EventKey(about.uid(), note.reason(), note.subject()), now)) {
      return;
    }
    try {
      client.resource(event(about, note, regarding, namespace, now)).create();
    } catch (KubernetesClientException failure) {
      LOG.warn(
          "the event {} of {}/{} could not be written: {}",
          note.reason().word(),
          about.namespace(),
          about.name(),
          failure.getStatus() == null ? failure.getCode() : failure.getStatus().getMessage());
    }
  }

  private Event event(
      EventSubject about, EventNote note, EventSubject regarding, String namespace, Instant now) {
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(about.name() + "-")
        .withNamespace(namespace)
        .endMetadata()
        .withEventTime(new MicroTime(MICROSECONDS.format(now)))
        .withType(note.reason().severity().word())
        .withReason(note.reason().word())
        .withAction("Reconcile")
        .withNote(shortened(note.message()))
        .withReportingController(REPORTER)
        .withReportingInstance(identity.name())
        .withRegarding(reference(regarding))
        .withRelated(reference(about))
        .build();
  }

  private static ObjectReference reference(EventSubject subject) {
    return new ObjectReferenceBuilder()
        .withApiVersion(subject.apiVersion())
        .withKind(subject.kind())
        .withNamespace(subject.namespace())
        .withName(subject.name())
        .withUid(subject.uid())
        .build();
  }

  private static String shortened(String message) {
    return message.length() <= LONGEST_NOTE
        ? message
        : message.substring(0, LONGEST_NOTE - 3) + "...";
  }
}
