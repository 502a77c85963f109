/** The heart of the product, usable as a library: no Kubernetes, no framework. */
@NullMarked
package dev.pgtrickle.engine;

import org.jspecify.annotations.NullMarked;
