package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.error.TrickleException;
import java.util.Optional;

/** Accepted, Running, Succeeded or Failed, and what there is to say about it. */
public record RequestState(String word, Optional<String> errorCode, String message) {

  public static RequestState succeeded(String message) {
    return new RequestState("Succeeded", Optional.empty(), message);
  }

  public static RequestState failed(TrickleException reason) {
    return new RequestState("Failed", Optional.of(reason.code().word()), reason.oneLine());
  }

  public boolean finished() {
    return word.equals("Succeeded") || word.equals("Failed");
  }
}
