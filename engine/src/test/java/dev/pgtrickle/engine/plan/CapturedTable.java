package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.relations.RelationFacts;
import dev.pgtrickle.engine.relations.RelationReader;
import dev.pgtrickle.engine.source.ChangeColumns;
import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A table whose changes a simple row trigger of the test writes into two buffers, in turns. */
final class CapturedTable {
  private final RelationFacts relation;
  private final ChangeWindow window;

  private CapturedTable(RelationFacts relation, ChangeWindow window) {
    this.relation = relation;
    this.window = window;
  }

  static CapturedTable capture(Connection connection, QualifiedName name, int number)
      throws SQLException {
    RelationFacts relation = new RelationReader(connection).read(name).orElseThrow();
    Map<Integer, Identifier> columns = new LinkedHashMap<>();
    relation
        .columns()
        .forEach(column ->
            columns.put(
                column.attributeNumber(), ChangeColumns.captured(column.attributeNumber())));
    List<QualifiedName> buffers =
        List.of(
            QualifiedName.of("pgtrickle_data", "changes_" + number + "_1_a"),
            QualifiedName.of("pgtrickle_data", "changes_" + number + "_1_b"));
    SqlSession session = new SqlSession(connection);
    for (QualifiedName buffer : buffers) {
      session.execute(
          "CREATE TABLE %s (xid xid8 NOT NULL, weight int2 NOT NULL, marker int2 NOT NULL DEFAULT 0%s)"
              .formatted(buffer.quoted(), bufferColumns(session, relation)),
          "CREATE INDEX ON " + buffer.quoted() + " (marker, xid) WHERE marker >= 0",
          "INSERT INTO " + buffer.quoted() + " (xid, weight, marker) VALUES ('1', 0, 2)");
    }
    session.execute(trigger(relation, buffers, number));
    return new CapturedTable(relation, new ChangeWindow(number, relation.oid(), buffers, columns));
  }

  ChangeWindow window() {
    return window;
  }

  RelationFacts relation() {
    return relation;
  }

  /** As the engine captures them: a domain as its base type. */
  private static String bufferColumns(SqlSession session, RelationFacts relation)
      throws SQLException {
    StringBuilder columns = new StringBuilder();
    for (ColumnFacts column : relation.columns()) {
      boolean domain = column.type().facts().baseOid() != column.type().oid();
      String base =
          session.queryText(
              "SELECT format_type(?::bigint::oid, -1)", column.type().facts().baseOid());
      columns
          .append(", ")
          .append(ChangeColumns.captured(column.attributeNumber()).quoted())
          .append(" ")
          .append(domain ? base : column.type().text())
          .append(
              column
                  .type()
                  .collation()
                  .map(collation -> " COLLATE " + collation.name().quoted())
                  .orElse(""));
    }
    return columns.toString();
  }

  private static String trigger(RelationFacts relation, List<QualifiedName> buffers, int number) {
    return """
    CREATE FUNCTION pgtrickle_data.capture_%1$d() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP <> 'INSERT' THEN
        IF pg_current_xact_id()::text::bigint %% 2 = 0 THEN
          INSERT INTO %2$s VALUES (pg_current_xact_id(), -1, 0%4$s);
        ELSE
          INSERT INTO %3$s VALUES (pg_current_xact_id(), -1, 0%4$s);
        END IF;
      END IF;
      IF TG_OP <> 'DELETE' THEN
        IF pg_current_xact_id()::text::bigint %% 2 = 0 THEN
          INSERT INTO %2$s VALUES (pg_current_xact_id(), 1, 0%5$s);
        ELSE
          INSERT INTO %3$s VALUES (pg_current_xact_id(), 1, 0%5$s);
        END IF;
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER capture AFTER INSERT OR UPDATE OR DELETE ON %6$s
    FOR EACH ROW EXECUTE FUNCTION pgtrickle_data.capture_%1$d()
    """
        .formatted(
            number,
            buffers.getFirst().quoted(),
            buffers.getLast().quoted(),
            values(relation, "OLD"),
            values(relation, "NEW"),
            relation.name().quoted());
  }

  private static String values(RelationFacts relation, String row) {
    return relation.columns().stream()
        .map(column -> ", " + row + "." + column.name().quoted())
        .collect(Collectors.joining());
  }
}
