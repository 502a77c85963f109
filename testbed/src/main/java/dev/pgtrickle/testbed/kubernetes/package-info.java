/**
 * A real Kubernetes control plane: etcd, kube-apiserver and kube-controller-manager as child
 * processes of this JVM, without nodes.
 *
 * <p>{@link dev.pgtrickle.testbed.kubernetes.ControlPlane} is one of one's own, for the demo and
 * for tests that stop it. {@link dev.pgtrickle.testbed.kubernetes.TestControlPlane} is the one that
 * all tests of a JVM share, with a namespace for each.
 */
@NullMarked
package dev.pgtrickle.testbed.kubernetes;

import org.jspecify.annotations.NullMarked;
