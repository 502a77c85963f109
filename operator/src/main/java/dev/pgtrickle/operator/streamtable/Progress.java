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
 */
record Progress(
    Optional<DatabaseStanding> standing,
    Optional<Answer> answer,
    Optional<StreamTableReport> report,
    Relay relay) {

  static Progress none() {
    return new Progress(
        Optional.empty(), Optional.empty(), Optional.empty(), new Relay.Nothing());
  }
}
