/** A small world of one source, explored in every order of its steps. */
@NullMarked
package dev.pgtrickle.engine.capture.model;

import org.jspecify.annotations.NullMarked;
