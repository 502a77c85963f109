package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.operator.database.DatabaseStanding;
import java.util.Optional;

/**
 * What came of acting.
 *
 * @param standing of the database, if it was asked
 * @param answer to the definition, if it was given to the engine
 * @param report what was read of the relation last, when the relation is this resource's
 * @param relay what became of a refresh that was asked for
 * @param replica whether readers find the relation in a database that follows another one
 */
record Progress(
    Optional<DatabaseStanding> standing,
    Optional<Answer> answer,
    Optional<StreamTableReport> report,
    Relay relay,
    Replica replica) {

  /** What readers find in a database that follows another one. */
  enum Replica {
    NOT_LOOKED_AT,
    ROWS_CAME_ALONG
  }

  /** A database that was asked. */
  Progress(
      Optional<DatabaseStanding> standing,
      Optional<Answer> answer,
      Optional<StreamTableReport> report,
      Relay relay) {
    this(standing, answer, report, relay, Replica.NOT_LOOKED_AT);
  }

  /** A database that follows another one, and has the relation. */
  static Progress readable() {
    return new Progress(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Relay.Nothing(),
        Replica.ROWS_CAME_ALONG);
  }

  static Progress none() {
    return new Progress(Optional.empty(), Optional.empty(), Optional.empty(), new Relay.Nothing());
  }
}
