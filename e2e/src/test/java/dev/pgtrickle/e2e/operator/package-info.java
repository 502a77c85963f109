/**
 * The operator as it is shipped, under a token of exactly the ServiceAccount that is installed, on
 * a real control plane with the Clusters of the stand-in for CloudNativePG.
 */
@NullMarked
package dev.pgtrickle.e2e.operator;

import org.jspecify.annotations.NullMarked;
