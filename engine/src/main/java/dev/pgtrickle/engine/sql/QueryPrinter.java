package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.postgres.SqlText;
import java.util.stream.Collectors;

/**
 * Writes a parsed query as SQL again. Together with PostgreSQL it is the parser's judge: what is
 * printed must have the same canonical text as what was parsed.
 */
final class QueryPrinter {

  String print(ParsedQuery query) {
    StringBuilder sql = new StringBuilder("SELECT ");
    sql.append(query.items().stream().map(this::item).collect(Collectors.joining(", ")));
    sql.append(" FROM ").append(source(query.source()));
    query.where().ifPresent(condition -> sql.append(" WHERE ").append(condition.text()));
    if (!query.keys().isEmpty()) {
      sql.append(" GROUP BY ");
      sql.append(query.keys().stream().map(Expression::text).collect(Collectors.joining(", ")));
    }
    return sql.toString();
  }

  /** The FROM item, as it also stands in probes. */
  String source(ParsedQuery.SourceTable source) {
    return source.name().quoted()
        + source.alias().map(alias -> " AS " + alias.quoted()).orElse("")
        + (source.columnAliases().isEmpty()
            ? ""
            : " (" + SqlText.identifiers(source.columnAliases()) + ")");
  }

  private String item(ParsedQuery.SelectItem item) {
    return item.expression().text() + item.alias().map(alias -> " AS " + alias.quoted()).orElse("");
  }
}
