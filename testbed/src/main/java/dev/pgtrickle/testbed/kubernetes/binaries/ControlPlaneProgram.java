package dev.pgtrickle.testbed.kubernetes.binaries;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/** A program of the control plane. */
public enum ControlPlaneProgram {
  /** The store behind the API server. */
  ETCD("etcd"),
  /** The API server. */
  KUBE_APISERVER("kube-apiserver"),
  /** Collects orphans, ends namespaces, makes the default ServiceAccounts. */
  KUBE_CONTROLLER_MANAGER("kube-controller-manager"),
  /** The command line client. */
  KUBECTL("kubectl");

  private final String fileName;

  ControlPlaneProgram(String fileName) {
    this.fileName = fileName;
  }

  static String fileNames() {
    return Arrays.stream(values()).map(ControlPlaneProgram::fileName).collect(joining(", "));
  }

  /** The name of the program's file. */
  public String fileName() {
    return fileName;
  }
}
