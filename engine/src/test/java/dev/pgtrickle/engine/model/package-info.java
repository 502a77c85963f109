/** Small worlds, explored in every order of what may happen in them. */
@NullMarked
package dev.pgtrickle.engine.model;

import org.jspecify.annotations.NullMarked;
