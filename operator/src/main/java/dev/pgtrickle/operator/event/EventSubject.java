package dev.pgtrickle.operator.event;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** The object that an event is about. */
public record EventSubject(
    String apiVersion, String kind, String namespace, String name, String uid) {

  public static EventSubject of(HasMetadata object) {
    return new EventSubject(
        object.getApiVersion(),
        object.getKind(),
        object.getMetadata().getNamespace(),
        object.getMetadata().getName(),
        object.getMetadata().getUid());
  }
}
