package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Five fields and an IANA time zone. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CronSchedule(@Nullable String expression, @Nullable String timeZone) {}
