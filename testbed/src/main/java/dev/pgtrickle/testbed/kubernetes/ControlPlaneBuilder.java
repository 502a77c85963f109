package dev.pgtrickle.testbed.kubernetes;

import dev.pgtrickle.testbed.kubernetes.binaries.BinaryAcquisition;
import dev.pgtrickle.testbed.kubernetes.binaries.ControlPlaneBinaries;
import dev.pgtrickle.testbed.machine.FreePort;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Says what control plane is wanted, then starts it. */
public final class ControlPlaneBuilder {
  private Consumer<String> progress = message -> {};
  private IntSupplier ports = FreePort::find;

  ControlPlaneBuilder() {}

  /** Receives a line before each step that takes a while. */
  public ControlPlaneBuilder progress(Consumer<String> consumer) {
    this.progress = consumer;
    return this;
  }

  /** Where its programs listen, one port after the other. */
  ControlPlaneBuilder ports(IntSupplier supplier) {
    this.ports = supplier;
    return this;
  }

  /** Gets the programs, and starts them; returns when the default ServiceAccount is there. */
  public ControlPlane start() {
    ControlPlaneBinaries binaries = BinaryAcquisition.ofThisProcess().obtain(progress);
    progress.accept("starting the Kubernetes control plane ...");
    return ControlPlane.start(binaries, ports);
  }
}
