package dev.pgtrickle.engine.plan;

/** One node of a plan as status and preview show it: what it is, its class, and why. */
public record OperatorClass(String operator, PlanClass planClass, String reason) {}
