package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.preview.Preview;
import dev.pgtrickle.engine.preview.QueryAdvice;
import dev.pgtrickle.engine.sql.AnalyzedQuery;
import dev.pgtrickle.engine.sql.parser.DeepStack;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Advice for previews: the stream tables of the database, and those that are to be, that could
 * answer a query; and where its columns come from.
 *
 * <p>For one database and one thread: what stands in the database is read once.
 */
public final class StreamTableAdvice implements QueryAdvice {
  private final StreamTableShelf shelf;
  private final Advisor advisor = new Advisor();

  /**
   * Advice on the queries of a database.
   *
   * @param declared stream tables that are to be in it; one that is there already is taken as it is
   *     to be
   */
  public StreamTableAdvice(List<StreamTableDefinition> declared) {
    this.shelf = new StreamTableShelf(declared);
  }

  @Override
  public Insight about(QualifiedName relation, AnalyzedQuery query, Connection connection)
      throws SQLException {
    List<Preview.Lineage> lineage =
        DeepStack.call(() -> advisor.lineage(query.plan())).stream()
            .map(column ->
                new Preview.Lineage(
                    column.column().name(),
                    column.origins().stream().map(ColumnOrigin::toString).toList()))
            .toList();
    if (!SteadyQuery.is(query)) {
      return new Insight(List.of(), lineage);
    }
    StreamTableShelf.Contents contents = shelf.read(connection);
    List<KnownStreamTable> others =
        contents.tables().stream().filter(table -> !table.name().equals(relation)).toList();
    List<Advice> advice = DeepStack.call(() -> advisor.advise(SteadyQuery.plan(query), others));
    List<String> findings = new ArrayList<>(advice.stream().map(Advice::sentence).toList());
    contents.remark().ifPresent(findings::add);
    return new Insight(List.copyOf(findings), lineage);
  }
}
