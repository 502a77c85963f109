package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.Identifier;

/** A column of a source with the name that it has at present. */
record CapturedColumn(int attributeNumber, Identifier name) {}
