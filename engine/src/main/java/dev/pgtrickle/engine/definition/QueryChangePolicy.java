package dev.pgtrickle.engine.definition;

/** What happens when the query of a table that readers use is changed. */
public enum QueryChangePolicy {
  APPLY("Apply"),
  AWAIT_APPROVAL("AwaitApproval"),
  REJECT("Reject");

  private final String word;

  QueryChangePolicy(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
