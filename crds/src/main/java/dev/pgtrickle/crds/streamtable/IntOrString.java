package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A value that YAML writers may leave unquoted: {@code 20Gi} or {@code 1048576}. */
public record IntOrString(@JsonValue String text) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public IntOrString {}

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static IntOrString of(long number) {
    return new IntOrString(Long.toString(number));
  }
}
