package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.relations.Generation;
import dev.pgtrickle.engine.relations.Persistence;
import dev.pgtrickle.engine.relations.RelationFacts;
import dev.pgtrickle.engine.relations.RelationKind;
import dev.pgtrickle.engine.relations.RowSecurity;
import java.util.Set;

/** Refuses relations whose changes are not captured completely. */
final class SourceChecks {
  private static final Set<String> SYSTEM_SCHEMAS =
      Set.of("pg_catalog", "information_schema", "pg_toast", "pgtrickle", "pgtrickle_data");

  private final Refusals refusals;

  SourceChecks(Refusals refusals) {
    this.refusals = refusals;
  }

  void check(RelationFacts relation) {
    checkSchema(relation);
    if (relation.kind() != RelationKind.TABLE
        && relation.kind() != RelationKind.PARTITIONED_TABLE) {
      throw refused(
          relation, relation.kind().description(), "read an ordinary or partitioned table");
    }
    if (relation.persistence() == Persistence.TEMPORARY) {
      throw refused(relation, "a temporary table", "read a permanent table");
    }
    if (relation.persistence() == Persistence.UNLOGGED) {
      throw refused(
          relation,
          "an unlogged table, which a crash empties without a trace",
          "ALTER TABLE .. SET LOGGED");
    }
    switch (relation.inheritance()) {
      case NONE, PARENT -> {}
      case PARTITION -> throw below(relation, "a partition");
      case CHILD -> throw below(relation, "an inheritance child");
    }
    if (relation.rowSecurity() == RowSecurity.ENABLED) {
      throw refused(
          relation,
          "a table with row level security",
          "read a table without policies: the result would be one role's view of it");
    }
  }

  /** Statements that name the table above it fire the triggers of that one alone. */
  private TrickleException below(RelationFacts relation, String what) {
    return refused(
        relation, what, "read the table above it, with a condition where only a part is wanted");
  }

  /** Refuses what would leave out the tables below a source. */
  void check(Scan scan) {
    if (scan.reach() == Scan.Reach.ONLY && scan.relation().hasDescendants()) {
      throw refusals.unsupported(
          "%s has tables below it, and its own changes are not told from theirs"
              .formatted(scan.known()),
          "leave ONLY out, or move its own rows to a table below it",
          scan.known().name().name());
    }
  }

  /** What belongs to PostgreSQL or to us has no changes that anybody captures. */
  void checkSchema(RelationFacts relation) {
    if (SYSTEM_SCHEMAS.contains(relation.name().schema().name())) {
      throw refused(relation, "a system relation", "read an ordinary table");
    }
  }

  void check(RelationFacts relation, ColumnFacts column) {
    if (column.generation() == Generation.VIRTUAL) {
      throw refusals.unsupported(
          "column %s of %s is a virtual generated column: no trigger ever sees its value"
              .formatted(column.name(), relation.name()),
          "write the column's expression in the query, or make the column STORED",
          column.name().name());
    }
  }

  private TrickleException refused(RelationFacts relation, String what, String remedy) {
    return refusals.unsupported(
        "%s is %s: its changes are not captured".formatted(relation.name(), what),
        remedy,
        relation.name().name().name());
  }
}
