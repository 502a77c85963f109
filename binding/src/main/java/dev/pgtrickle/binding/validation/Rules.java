package dev.pgtrickle.binding.validation;

import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;

/** What holds for one topic of a StreamTable, whatever tells us about it. */
interface Rules {

  void check(StreamTable table, StreamTableSpec spec, Problems problems);
}
