/**
 * Keeping tables current from manifests: which database gets which, and what is shown meanwhile.
 */
@NullMarked
package dev.pgtrickle.cli.run;

import org.jspecify.annotations.NullMarked;
