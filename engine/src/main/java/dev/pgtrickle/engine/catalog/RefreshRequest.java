package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.definition.RefreshMode;
import java.util.Optional;

/** A wish for a refresh that somebody put into pgtrickle.request. */
public record RefreshRequest(long id, long streamTableId, Optional<RefreshMode> mode) {}
