package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.Unparser;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.relations.ColumnReader;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.TypeReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks PostgreSQL for the types of SQL that we wrote, through temporary views that are dropped. */
final class TypeProbe {
  private static final String NAME = "pg_temp.\"pgtrickle_probe\"";

  private final Connection connection;
  private final AnalysisSession session;
  private final TypeReader typeReader;
  private final ColumnReader columns;

  TypeProbe(Connection connection, AnalysisSession session, TypeReader typeReader) {
    this.connection = connection;
    this.session = session;
    this.typeReader = typeReader;
    this.columns = new ColumnReader(connection, typeReader);
  }

  /** The types of expressions over the columns of an operator, in order. */
  List<ColumnType> types(List<Scalar> scalars, Operator input) throws SQLException {
    if (scalars.isEmpty()) {
      return List.of();
    }
    Operator bare = input instanceof Filter filter ? filter.input() : input;
    List<String> items = new ArrayList<>();
    for (Scalar scalar : scalars) {
      String sql =
          scalar.render(id ->
              bare.columns().stream()
                  .filter(column -> column.id().equals(id))
                  .map(column -> Unparser.inputColumn(column.name()))
                  .findFirst()
                  .orElseThrow());
      items.add(sql + " AS probe_" + items.size());
    }
    return columns(new Unparser().select(items, bare, "")).stream().map(ColumnFacts::type).toList();
  }

  /** A type without modifier and collation. */
  ColumnType plain(long typeOid) throws SQLException {
    String name = typeOid == SumTypes.BIGINT ? "bigint" : "numeric";
    return new ColumnType(-1, name, Optional.empty(), typeReader.read(typeOid));
  }

  /** The columns of a query. */
  List<ColumnFacts> columns(String query) throws SQLException {
    session.execute("CREATE VIEW " + NAME + " AS\n" + query);
    List<ColumnFacts> found = columns.read(oid(NAME));
    session.execute("DROP VIEW " + NAME);
    return found;
  }

  /** The columns of the user's query. */
  List<ColumnFacts> columnsOfQuery() throws SQLException {
    return columns.read(oid(QueryView.NAME));
  }

  private long oid(String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT '" + name + "'::pg_catalog.regclass::oid::bigint")) {
      row.next();
      return row.getLong(1);
    }
  }
}
