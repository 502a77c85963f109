package dev.pgtrickle.engine.model;

import java.util.Optional;

/** A world at one moment; equal worlds are the same. */
public interface State {
  /** What should not be so. */
  Optional<String> wrong();
}
