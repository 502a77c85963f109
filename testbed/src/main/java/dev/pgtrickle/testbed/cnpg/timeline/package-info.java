/**
 * What CloudNativePG was seen to show while it changed a primary, fenced, hibernated: pure data,
 * for the stand-in that plays it and for tests of decisions that are fed with it.
 */
@NullMarked
package dev.pgtrickle.testbed.cnpg.timeline;

import org.jspecify.annotations.NullMarked;
