package dev.pgtrickle.engine.capture.model;

import java.util.List;

/** Somebody who acts in the world. */
interface Actor {
  /** All that it may do next. */
  List<Step> steps(World world);
}
