package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.util.Collection;
import java.util.Set;

/** Refuses what statement triggers on one table cannot capture exactly, and says why. */
final class SourceCheck {
  private static final Set<String> OURS = Set.of("pgtrickle", "pgtrickle_data");

  void accept(SourceRelation relation, Collection<Integer> attributeNumbers) {
    refuseOtherKinds(relation);
    refuseMissingRights(relation);
    for (int attributeNumber : attributeNumbers) {
      SourceRelation.Column column = relation.columns().get(attributeNumber);
      if (column == null) {
        throw TrickleException.of(
                ErrorCode.SOURCE_MISSING,
                "the table has no column number " + attributeNumber,
                "bring the column back or change the query")
            .at(relation.name().toString());
      }
      if (column.virtual()) {
        throw unsupported(
            relation,
            "column " + column.name() + " is generated when it is read, a trigger never sees it",
            "use the columns that it is computed from");
      }
    }
  }

  private static void refuseOtherKinds(SourceRelation relation) {
    if (!relation.kind().equals("r")) {
      throw unsupported(relation, "it is not an ordinary table", "use ordinary tables as sources");
    }
    if (OURS.contains(relation.name().schema().name()) && !relation.storage()) {
      throw unsupported(
          relation, "it belongs to pgtrickle itself", "use the stream table's own name");
    }
    if (relation.partition() || relation.inherits()) {
      throw unsupported(
          relation,
          "it is part of a partitioned or inherited table, and writes through the parent fire"
              + " no trigger of the child",
          "use tables without partitions and inheritance");
    }
    switch (relation.persistence()) {
      case "t" ->
          throw unsupported(
              relation, "it is temporary, only one session sees it", "use a permanent table");
      case "u" ->
          throw unsupported(
              relation,
              "it is unlogged, a crash empties it and no trigger tells",
              "ALTER TABLE .. SET LOGGED");
      default -> {}
    }
  }

  private static void refuseMissingRights(SourceRelation relation) {
    if (!relation.readable()) {
      throw missingRight(relation, "SELECT");
    }
    if (!relation.triggerable()) {
      throw missingRight(relation, "TRIGGER");
    }
  }

  private static TrickleException missingRight(SourceRelation relation, String right) {
    return TrickleException.of(
            ErrorCode.PERMISSION_DENIED,
            "the engine's role has no " + right + " right on the whole table",
            "GRANT %s ON %s TO the engine's role".formatted(right, relation.name().quoted()))
        .at(relation.name().toString());
  }

  private static TrickleException unsupported(SourceRelation relation, String what, String remedy) {
    return TrickleException.of(
            ErrorCode.UNSUPPORTED, "the table cannot be captured: " + what, remedy)
        .at(relation.name().toString());
  }
}
