package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.Collection;
import java.util.Set;

/** Refuses what statement triggers on a table cannot capture exactly, and says why. */
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
            relation.name(),
            "column " + column.name() + " is generated when it is read, a trigger never sees it",
            "use the columns that it is computed from");
      }
    }
  }

  private static void refuseOtherKinds(SourceRelation relation) {
    if (!relation.kind().equals("r") && !relation.kind().equals("p")) {
      throw unsupported(
          relation.name(), "it is not an ordinary or partitioned table", "use tables as sources");
    }
    if (OURS.contains(relation.name().schema().name()) && !relation.storage()) {
      throw unsupported(
          relation.name(), "it belongs to pgtrickle itself", "use the stream table's own name");
    }
    if (relation.below()) {
      throw unsupported(
          relation.name(),
          "it is a partition or inherits from another table, and writes through the parent fire no"
              + " trigger of the child",
          "read the table above it, with a condition where only a part is wanted");
    }
    for (SourceTree.Member member : relation.tree().members()) {
      refuseOtherKinds(member);
    }
  }

  private static void refuseOtherKinds(SourceTree.Member member) {
    if (member.kind().equals("f")) {
      throw unsupported(
          member.name(),
          "it is a foreign table below a source, and nobody tells of changes on its server",
          "detach it, or query the other partitions by a table above them");
    }
    switch (member.persistence()) {
      case "t" ->
          throw unsupported(
              member.name(), "it is temporary, only one session sees it", "use permanent tables");
      case "u" ->
          throw unsupported(
              member.name(),
              "it is unlogged, a crash empties it and no trigger tells",
              "ALTER TABLE .. SET LOGGED");
      default -> {}
    }
    if (member.detaching()) {
      throw TrickleException.of(
              ErrorCode.OBJECT_CHANGED,
              "the partition is being detached concurrently",
              "it is tried again by itself; where DETACH was interrupted, end it by ALTER TABLE .."
                  + " DETACH PARTITION .. FINALIZE")
          .at(member.name().toString());
    }
  }

  private static void refuseMissingRights(SourceRelation relation) {
    if (!relation.readable()) {
      throw missingRight(relation.name(), "SELECT");
    }
    for (SourceTree.Member member : relation.tree().members()) {
      if (!member.triggerable()) {
        throw missingRight(member.name(), "TRIGGER");
      }
    }
  }

  private static TrickleException missingRight(QualifiedName relation, String right) {
    return TrickleException.of(
            ErrorCode.PERMISSION_DENIED,
            "the engine's role has no " + right + " right on the whole table",
            "GRANT %s ON %s TO the engine's role".formatted(right, relation.quoted()))
        .at(relation.toString());
  }

  private static TrickleException unsupported(QualifiedName relation, String what, String remedy) {
    return TrickleException.of(
            ErrorCode.UNSUPPORTED, "the table cannot be captured: " + what, remedy)
        .at(relation.toString());
  }
}
