package dev.pgtrickle.testbed.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;

/**
 * Asks an API server whether it would admit an object, without storing it. Field validation is
 * strict, as with kubectl.
 */
public record DryRun(KubernetesClient client) {
  private static final String OPTIONS = "?dryRun=All&fieldValidation=Strict";

  /** Whether the object, as JSON, could be created in this collection. */
  public ServerVerdict create(String collection, String object) {
    return judge(collection, "POST", object);
  }

  /** Whether the object at this path could be replaced by this one. */
  public ServerVerdict replace(String path, String object) {
    return judge(path, "PUT", object);
  }

  private ServerVerdict judge(String path, String method, String object) {
    try {
      client.raw(path + OPTIONS, method, object);
      return new ServerVerdict(List.of());
    } catch (KubernetesClientException refusal) {
      return new ServerVerdict(complaints(refusal));
    }
  }

  private static List<ServerVerdict.Complaint> complaints(KubernetesClientException refusal) {
    Status status = refusal.getStatus();
    StatusDetails details = status == null ? null : status.getDetails();
    if (details == null || details.getCauses().isEmpty()) {
      String message = status == null ? refusal.getMessage() : status.getMessage();
      return List.of(new ServerVerdict.Complaint("", String.valueOf(message)));
    }
    return details.getCauses().stream()
        .map(cause -> new ServerVerdict.Complaint(text(cause.getField()), text(cause.getMessage())))
        .toList();
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
