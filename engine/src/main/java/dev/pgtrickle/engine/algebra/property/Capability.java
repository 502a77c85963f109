package dev.pgtrickle.engine.algebra.property;

/**
 * What is possible for one operator of a plan.
 *
 * @param operator as people call it
 */
public record Capability(String operator, MaintenanceClass maintenance, String reason) {}
