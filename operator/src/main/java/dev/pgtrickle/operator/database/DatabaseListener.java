package dev.pgtrickle.operator.database;

import dev.pgtrickle.engine.runtime.EngineEvent;
import dev.pgtrickle.engine.runtime.StreamTableReport;

/** Hears what happens in databases; must not block. */
public interface DatabaseListener {

  /** There is something new to report about a resource. */
  void changed(TableId table);

  /** An engine told something about a resource's table. */
  void told(DatabaseKey database, TableId table, EngineEvent event);

  /** What was read of a resource's table. */
  void read(DatabaseKey database, TableId table, StreamTableReport report);

  /** A resource's table is not in this database any more. */
  void left(DatabaseKey database, TableId table);
}
