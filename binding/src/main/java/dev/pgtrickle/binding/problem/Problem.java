package dev.pgtrickle.binding.problem;

import dev.pgtrickle.engine.error.ErrorCode;

/**
 * Something in a resource that cannot stand.
 *
 * @param what is wrong, in one clause
 * @param remedy what the writer should do, in one clause
 */
public record Problem(ErrorCode code, FieldPath path, String what, String remedy) {}
