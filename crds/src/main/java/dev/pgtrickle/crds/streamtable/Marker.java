package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;

/** {@code {}}: that the field is there is all it says. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Marker() {}
