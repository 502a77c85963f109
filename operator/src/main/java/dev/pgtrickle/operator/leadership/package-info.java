/** One replica leads: it alone reconciles. */
@NullMarked
package dev.pgtrickle.operator.leadership;

import org.jspecify.annotations.NullMarked;
