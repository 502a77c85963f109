package dev.pgtrickle.testbed.kubernetes;

import java.util.List;

/** What an API server says about an object; without complaints it admits the object. */
public record ServerVerdict(List<Complaint> complaints) {

  /** One thing that is wrong; field is empty where the server names none. */
  public record Complaint(String field, String message) {}

  public ServerVerdict {
    complaints = List.copyOf(complaints);
  }

  public boolean admitted() {
    return complaints.isEmpty();
  }
}
