/** The custom resources as plain Java classes. */
@NullMarked
package dev.pgtrickle.crds;

import org.jspecify.annotations.NullMarked;
