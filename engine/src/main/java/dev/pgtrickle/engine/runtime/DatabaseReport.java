package dev.pgtrickle.engine.runtime;

/**
 * Which database this is.
 *
 * @param systemId of the cluster's data; the same for primary and standbys
 * @param timeline grows with each promotion
 */
public record DatabaseReport(String systemId, long timeline, int majorVersion) {}
