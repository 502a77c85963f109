/** Manifest files as trees whose every value knows its line and column. */
@NullMarked
package dev.pgtrickle.binding.manifest;

import org.jspecify.annotations.NullMarked;
