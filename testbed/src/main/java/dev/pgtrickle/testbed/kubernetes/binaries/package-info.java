/**
 * Where the programs of the control plane come from: a folder, the cache, a download, or a build
 * from source.
 */
@NullMarked
package dev.pgtrickle.testbed.kubernetes.binaries;

import org.jspecify.annotations.NullMarked;
