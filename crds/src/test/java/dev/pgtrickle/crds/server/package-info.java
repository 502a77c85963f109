/** What a real API server makes of the definitions and of the samples. */
@NullMarked
package dev.pgtrickle.crds.server;

import org.jspecify.annotations.NullMarked;
