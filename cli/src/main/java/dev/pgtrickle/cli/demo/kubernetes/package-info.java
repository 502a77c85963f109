/**
 * The demo on Kubernetes: a real control plane, real PostgreSQL behind a stand-in for
 * CloudNativePG's controller, and the operator as a process with exactly its installed rights.
 */
@NullMarked
package dev.pgtrickle.cli.demo.kubernetes;

import org.jspecify.annotations.NullMarked;
