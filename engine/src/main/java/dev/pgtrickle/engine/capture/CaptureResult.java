package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.source.Coverage;

/**
 * A source whose changes are captured completely from now on: any snapshot that is taken after this
 * was returned may become a frontier.
 *
 * @param sourceId pgtrickle.source.id
 * @param coverage which writers are seen
 */
public record CaptureResult(long sourceId, Coverage coverage) {}
