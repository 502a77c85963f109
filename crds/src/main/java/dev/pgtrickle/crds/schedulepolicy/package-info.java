/** The SchedulePolicy resource: when tables that a selector or a reference names are refreshed. */
@NullMarked
package dev.pgtrickle.crds.schedulepolicy;

import org.jspecify.annotations.NullMarked;
