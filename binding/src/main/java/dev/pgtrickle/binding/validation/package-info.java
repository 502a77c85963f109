/**
 * What may be said in a manifest: one class a topic, each treating its fields as the API server
 * would.
 */
@NullMarked
package dev.pgtrickle.binding.validation;

import org.jspecify.annotations.NullMarked;
