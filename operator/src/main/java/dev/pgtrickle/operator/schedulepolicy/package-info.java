/** The kind SchedulePolicy, which comes with a later release. */
@NullMarked
package dev.pgtrickle.operator.schedulepolicy;

import org.jspecify.annotations.NullMarked;
