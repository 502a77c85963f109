package dev.pgtrickle.operator.event;

import dev.pgtrickle.crds.EventReason;

/**
 * What makes two events the same.
 *
 * @param uid of the object that it is about
 * @param subject what it is about there: a hash, a code, a name; may be empty
 */
public record EventKey(String uid, EventReason reason, String subject) {}
