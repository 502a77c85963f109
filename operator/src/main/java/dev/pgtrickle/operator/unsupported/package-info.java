/** What is said of kinds that a later release acts on. */
@NullMarked
package dev.pgtrickle.operator.unsupported;

import org.jspecify.annotations.NullMarked;
