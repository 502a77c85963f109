package dev.pgtrickle.engine.model;

import java.util.List;

/** Somebody who acts in a world. */
public interface Actor<W extends State> {
  /** All that it may do next. */
  List<Step<W>> steps(W world);
}
