package dev.pgtrickle.operator.event;

import dev.pgtrickle.crds.EventReason;

/**
 * Something worth telling.
 *
 * @param subject what tells two of a reason apart; never shown
 */
public record EventNote(EventReason reason, String subject, String message) {}
