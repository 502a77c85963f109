package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.ColumnIds;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.Unparser;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.relations.FunctionFacts;
import dev.pgtrickle.engine.relations.RelationFacts;
import dev.pgtrickle.engine.relations.RelationReader;
import dev.pgtrickle.engine.relations.TypeReader;
import dev.pgtrickle.engine.sql.token.Lexer;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Understands a query, or says exactly why not. PostgreSQL checks and canonicalises it; we read the
 * canonical text; what we made of it is then shown to PostgreSQL again and must have the same
 * columns and the same sources.
 */
public final class QueryAnalyzer {

  public AnalyzedQuery analyze(QueryText query, AnalysisSession session) {
    Refusals refusals = new Refusals(query.sql());
    String statement = singleStatement(query, refusals);
    return session.rolledBack(connection -> analyze(statement, session, connection, refusals));
  }

  private static AnalyzedQuery analyze(
      String statement, AnalysisSession session, Connection connection, Refusals refusals)
      throws SQLException {
    new QueryView(session, refusals).create(connection, statement);
    session.readCanonically();
    ViewFacts view = ViewFacts.read(connection);
    if (view.options() == ViewFacts.Options.SOME) {
      throw TrickleException.of(
          ErrorCode.PARSE_ERROR, "WITH CHECK OPTION is not part of a query", "leave it out");
    }
    TypeReader types = new TypeReader(connection);
    TypeProbe probe = new TypeProbe(connection, session, types);
    List<ColumnFacts> outputs = probe.columnsOfQuery();
    TreeNode tableEntry = new TreeChecks(refusals).checkSource(view.tree());
    RelationFacts relation = relation(connection, types, tableEntry.number("relid"));
    SourceChecks sources = new SourceChecks(refusals);
    sources.check(relation);
    new TreeChecks(refusals).checkShape(view.tree());
    List<FunctionFacts> functions = new FunctionChecks(connection, refusals).check(view.tree());
    new OutputChecks(refusals).check(outputs);
    checkRights(session);
    ColumnIds ids = new ColumnIds();
    BoundQuery bound = new Binder(refusals).bind(parse(view, refusals), relation, ids);
    bound.scan().scanned().stream()
        .map(scanned -> relation.column(scanned.attributeNumber()).orElseThrow())
        .forEach(column -> sources.check(relation, column));
    Project root = new AlgebraBuilder(probe, refusals, ids).build(bound, outputs);
    proveSources(connection, bound.scan());
    proveColumns(probe, root, outputs);
    return new AnalyzedQuery(view.canonicalText(), root, functions);
  }

  /** The text up to its semicolon, if that is where it ends. */
  private static String singleStatement(QueryText query, Refusals refusals) {
    String sql = query.sql();
    if (sql.getBytes(StandardCharsets.UTF_8).length > QueryText.MAXIMUM_BYTES) {
      throw TrickleException.of(
          ErrorCode.QUERY_TOO_COMPLEX,
          "the query's text is longer than " + QueryText.MAXIMUM_BYTES / 1024 + " KiB",
          "split the query");
    }
    if (sql.indexOf('\0') >= 0) {
      throw TrickleException.of(
          ErrorCode.PARSE_ERROR, "the query holds a NUL character", "remove it");
    }
    List<Token> tokens = Lexer.tokens(sql);
    int end = 0;
    while (end < tokens.size() - 1 && !tokens.get(end).isPunctuation(";")) {
      end++;
    }
    for (Token after : tokens.subList(end, tokens.size() - 1)) {
      if (!after.isPunctuation(";")) {
        throw TrickleException.of(
                ErrorCode.PARSE_ERROR,
                "there is a second statement after the query",
                "write one query")
            .at(refusals.position(after).toString());
      }
    }
    return sql.substring(0, tokens.get(end).offset());
  }

  private static RelationFacts relation(Connection connection, TypeReader types, long oid)
      throws SQLException {
    return new RelationReader(connection, types)
        .read(oid)
        .orElseThrow(() -> new SQLException("relation " + oid + " is gone", "42P01"));
  }

  private static ParsedQuery parse(ViewFacts view, Refusals refusals) {
    try {
      return QueryParser.parse(view.canonicalText());
    } catch (UnknownSyntaxException unknown) {
      throw refusals.unsupported(
          "the syntax at " + unknown.word() + " is not maintained incrementally",
          "write the expression with operators and functions",
          unknown.word());
    }
  }

  /** Starting to execute, without running, is what checks rights on tables and functions. */
  private static void checkRights(AnalysisSession session) throws SQLException {
    try {
      session.execute("EXPLAIN SELECT * FROM " + QueryView.NAME);
      if (session.hasOwner()) {
        session.becomeEngine();
      }
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "checking the rights of the query's owner");
    }
  }

  /** R2: the columns that we bound are those that PostgreSQL says the query reads. */
  private static void proveSources(Connection connection, Scan scan) throws SQLException {
    Set<Integer> bound =
        scan.scanned().stream()
            .map(Scan.ScannedColumn::attributeNumber)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<Integer> used = ViewFacts.columnsUsed(connection, scan.relation().oid());
    if (!bound.equals(used)) {
      throw TrickleException.of(
          ErrorCode.INTERNAL,
          "the query was misread: columns %s instead of %s".formatted(bound, used),
          "report the query");
    }
  }

  /** R2: what we would run has the names, types, modifiers and collations of the user's query. */
  private static void proveColumns(TypeProbe probe, Project root, List<ColumnFacts> outputs)
      throws SQLException {
    List<ColumnFacts> regenerated = probe.columns(new Unparser().query(root));
    if (!regenerated.equals(outputs)) {
      throw TrickleException.of(
          ErrorCode.INTERNAL,
          "the query was misread: it has the columns %s instead of %s"
              .formatted(regenerated, outputs),
          "report the query");
    }
  }
}
