package dev.pgtrickle.engine.sql.compile;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.ColumnRewriter;
import dev.pgtrickle.engine.algebra.FreeColumns;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.PlanRewriter;
import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.With;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.relations.ColumnReader;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.TypeReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Asks PostgreSQL for the types of all columns that a plan computes, by temporary views of its
 * operators. What has no type of its own, like a row without one, stays undetermined. The session
 * must read canonically, in a transaction that is rolled back.
 */
public final class PlanTypes {
  private static final String VIEW = "pg_temp.\"pgtrickle_types\"";

  private final Connection connection;
  private final ColumnReader columns;
  private final Map<ColumnId, ColumnType> known = new HashMap<>();

  public PlanTypes(Connection connection) {
    this(connection, new TypeReader(connection));
  }

  /** Shares a reader of types with others of the same transaction. */
  public PlanTypes(Connection connection, TypeReader types) {
    this.connection = connection;
    this.columns = new ColumnReader(connection, types);
  }

  /** The same plan with the types of its columns. */
  public Operator typed(Operator plan) throws SQLException {
    visit(plan, List.of());
    Operator typed =
        new ColumnRewriter(
                column -> {
                  ColumnType type = known.get(column.id());
                  return type == null
                      ? column
                      : new Column(column.id(), column.name(), type, column.nullability());
                })
            .plan(plan);
    return ExtractedFields.known(typed);
  }

  /** An operator before the queries within it, which may refer to its inputs. */
  private void visit(Operator operator, List<With.CommonTable> tables) throws SQLException {
    List<With.CommonTable> visible = new ArrayList<>(tables);
    if (operator instanceof With with) {
      for (With.CommonTable table : with.tables()) {
        visible.add(table);
        visit(table.plan(), List.copyOf(visible));
      }
      visit(with.body(), List.copyOf(visible));
    } else {
      for (Operator input : operator.inputs()) {
        visit(input, tables);
      }
    }
    operator.columns().stream()
        .filter(column -> !column.type().isUndetermined())
        .forEach(column -> known.putIfAbsent(column.id(), column.type()));
    if (operator.columns().stream().anyMatch(column -> !known.containsKey(column.id()))) {
      ask(operator, visible);
    }
    for (Scalar scalar : operator.scalars()) {
      for (Scalar part : scalar.withAllOperands()) {
        Optional<Operator> query = part.query();
        if (query.isPresent()) {
          visit(query.get(), tables);
        }
      }
    }
  }

  private void ask(Operator operator, List<With.CommonTable> tables) throws SQLException {
    Optional<Operator> complete = complete(operator, tables);
    if (complete.isEmpty()) {
      return;
    }
    List<Identifier> names =
        IntStream.range(0, operator.columns().size())
            .mapToObj(index -> Identifier.of("c" + index))
            .toList();
    List<ColumnFacts> found = probe(new QueryUnparser().query(complete.get(), names));
    for (int index = 0; index < found.size(); index++) {
      known.putIfAbsent(operator.columns().get(index).id(), found.get(index).type());
    }
  }

  /** The operator with the tables that it may read; empty where a type around it is not known. */
  private Optional<Operator> complete(Operator operator, List<With.CommonTable> tables) {
    if (tables.isEmpty() || operator instanceof With) {
      return closed(operator);
    }
    List<Operator> parts = new ArrayList<>();
    for (With.CommonTable table : tables) {
      Optional<Operator> part = closed(table.plan());
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return closed(operator)
        .map(body -> {
          parts.add(body);
          return new With(tables, body).withInputs(parts);
        });
  }

  /**
   * The same with an unknown value for each column of the queries around it. Each part by itself: a
   * column that is outside one may be another's own.
   */
  private Optional<Operator> closed(Operator operator) {
    Map<ColumnId, Scalar> outside = new HashMap<>();
    for (ColumnId free : FreeColumns.of(operator)) {
      ColumnType type = known.get(free);
      if (type == null) {
        return Optional.empty();
      }
      outside.put(free, Scalar.constant("(NULL::" + type.text() + ")"));
    }
    return Optional.of(
        outside.isEmpty()
            ? operator
            : new PlanRewriter(scalar -> scalar.asColumn().map(outside::get)).plan(operator));
  }

  /** The columns of a query; none where PostgreSQL makes no view of it. */
  private List<ColumnFacts> probe(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("SAVEPOINT types");
      try {
        statement.execute("CREATE VIEW " + VIEW + " AS\n" + sql);
      } catch (SQLException pseudoType) {
        statement.execute("ROLLBACK TO SAVEPOINT types");
        return List.of();
      }
      List<ColumnFacts> found = columns.read(oid(statement));
      statement.execute("ROLLBACK TO SAVEPOINT types");
      return found;
    }
  }

  private static long oid(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT '" + VIEW + "'::pg_catalog.regclass::oid::bigint")) {
      row.next();
      return row.getLong(1);
    }
  }
}
