package dev.pgtrickle.operator.ownership;

/**
 * What a Lease says.
 *
 * @param renewed when its holder renewed it, by the holder's clock: only ever compared for equality
 * @param version of the object, for writing it only if nobody else did
 */
public record LeaseRecord(String holder, String renewed, int transitions, String version) {}
