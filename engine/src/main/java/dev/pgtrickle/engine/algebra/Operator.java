package dev.pgtrickle.engine.algebra;

import java.util.List;

/** A node of a query's plan: a function from bags of rows to a bag of rows. */
public sealed interface Operator permits Scan, Filter, Project, Aggregate {

  /** What it puts out, in order; the names are unique. */
  List<Column> columns();

  List<Operator> inputs();
}
