/** The StreamTable resource: what a user writes, field by field, nothing interpreted. */
@NullMarked
package dev.pgtrickle.crds.streamtable;

import org.jspecify.annotations.NullMarked;
