/** The Restore resource: puts archived rows back into stream tables, once. */
@NullMarked
package dev.pgtrickle.crds.restore;

import org.jspecify.annotations.NullMarked;
