package dev.pgtrickle.testbed.kubernetes;

import dev.pgtrickle.testbed.kubernetes.binaries.BinaryAcquisition;
import dev.pgtrickle.testbed.kubernetes.binaries.ControlPlaneBinaries;
import java.util.function.Consumer;

/** Says what control plane is wanted, then starts it. */
public final class ControlPlaneBuilder {
  private Consumer<String> progress = message -> {};

  ControlPlaneBuilder() {}

  /** Receives a line before each step that takes a while. */
  public ControlPlaneBuilder progress(Consumer<String> consumer) {
    this.progress = consumer;
    return this;
  }

  /** Gets the programs, and starts them; returns when the default ServiceAccount is there. */
  public ControlPlane start() {
    ControlPlaneBinaries binaries = BinaryAcquisition.ofThisProcess().obtain(progress);
    progress.accept("starting the Kubernetes control plane ...");
    return ControlPlane.start(binaries);
  }
}
