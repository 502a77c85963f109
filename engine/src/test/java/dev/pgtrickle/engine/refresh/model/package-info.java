/** A small world of stream tables that read one another, explored in every order of its steps. */
@NullMarked
package dev.pgtrickle.engine.refresh.model;

import org.jspecify.annotations.NullMarked;
