package dev.pgtrickle.testbed.kubernetes;

import dev.pgtrickle.testbed.machine.TestbedException;

/** A program of a control plane ended by itself while that was starting. */
final class ProgramEndedException extends TestbedException {
  ProgramEndedException(String message) {
    super(message);
  }
}
