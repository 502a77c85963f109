package dev.pgtrickle.engine.plan;

import java.util.List;

/**
 * An apply for many rows: first the difference is put into temporary tables that are analysed, so
 * that the planner knows their size, then it is applied.
 *
 * @param preparation complete statements without parameters, in order
 */
public record StagedApply(List<String> preparation, ApplyStatement apply) {}
