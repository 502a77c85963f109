package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Operator;

/** Gives another plan with the same columns. */
public interface RewriteRule {

  Operator apply(Operator plan);
}
