package dev.pgtrickle.operator.configuration;

/**
 * Who this process is.
 *
 * @param name of the replica, as leases show it
 * @param namespace where the operator lives
 */
public record OperatorIdentity(String name, String namespace) {}
