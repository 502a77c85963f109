package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.source.SourceRequirement;

/** A base table of a stream table and where its changes are captured. */
public record MaintainedSource(SourceRequirement requirement, ChangeWindow window) {}
