/** The Kubernetes operator: a package a kind, each observes, decides, acts and reports. */
@NullMarked
package dev.pgtrickle.operator;

import org.jspecify.annotations.NullMarked;
