/** The kind StreamTable: observe, decide, act, report. */
@NullMarked
package dev.pgtrickle.operator.streamtable;

import org.jspecify.annotations.NullMarked;
