/**
 * What the fields of a resource say about themselves, next to their types; the custom resource
 * definitions are generated from it.
 */
@NullMarked
package dev.pgtrickle.crds.schema;

import org.jspecify.annotations.NullMarked;
