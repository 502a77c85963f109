/** Generates the custom resource definitions and their reference from the Java types. */
@NullMarked
package dev.pgtrickle.crds.generate;

import org.jspecify.annotations.NullMarked;
