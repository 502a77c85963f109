package dev.pgtrickle.cli.replay;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Statements of a case may fail by themselves. Only a database without stream tables can tell
 * whether they do: the same statements run there once more.
 */
final class Control {
  private final ReplayServer server;

  Control(ReplayServer server) {
    this.server = server;
  }

  /**
   * What failed only because of the stream tables; empty when everything fails without them too.
   */
  Optional<String> blame(List<CaseSession.Happening> happened) throws SQLException {
    CaseDatabase database = server.create();
    try (CaseSession plain = CaseSession.open(database)) {
      for (CaseSession.Happening one : happened) {
        plain.run(one.statement());
      }
      return firstDifference(happened, plain.happened());
    } finally {
      server.retire(database, Optional.empty());
    }
  }

  private static Optional<String> firstDifference(
      List<CaseSession.Happening> kept, List<CaseSession.Happening> plain) {
    for (int index = 0; index < kept.size(); index++) {
      CaseSession.Happening one = kept.get(index);
      if (!one.sqlState().equals(plain.get(index).sqlState())) {
        // A definition of ours may forbid a change of a table (P16); a change of rows it may not.
        return one.statement().isData()
            ? Optional.of("not so without a stream table: " + one.words())
            : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
