package dev.pgtrickle.testbed.kubernetes.binaries;

import java.nio.file.Path;

/** Where archives of etcd, kube-apiserver and kubectl can be downloaded. Its calls may hang. */
interface ArchiveRepository {
  /** The newest version of a minor one such as 1.36. */
  String newestOf(String minor);

  /** Downloads and unpacks a version, and returns the folder with the programs in it. */
  Path download(String version, Path folder);
}
