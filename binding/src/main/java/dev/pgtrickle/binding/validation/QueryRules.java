package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.crds.streamtable.KeyReference;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;

/** Where the query is and how long it may be. What it means is PostgreSQL's business. */
final class QueryRules implements Rules {
  private static final int LONGEST_QUERY = 65_536;
  private static final FieldPath QUERY = FieldPath.of("spec", "query");
  private static final FieldPath QUERY_FROM = FieldPath.of("spec", "queryFrom");

  @Override
  public void check(StreamTable table, StreamTableSpec spec, Problems problems) {
    String query = spec.query();
    if (query == null && spec.queryFrom() == null) {
      problems.invalid(
          QUERY, "neither query nor queryFrom is set", "set exactly one of query or queryFrom");
    }
    if (query != null && spec.queryFrom() != null) {
      problems.invalid(QUERY_FROM, "query is set too", "set exactly one of query or queryFrom");
    }
    if (query != null && query.isBlank()) {
      problems.invalid(QUERY, "the query is empty", "write a SELECT");
    }
    if (query != null && query.codePointCount(0, query.length()) > LONGEST_QUERY) {
      problems.invalid(
          QUERY,
          "a query has at most 65536 characters, this one has "
              + query.codePointCount(0, query.length()),
          "move parts of it into views");
    }
    if (spec.queryFrom() != null) {
      KeyReference key = spec.queryFrom().configMapKeyRef();
      FieldPath path = QUERY_FROM.field("configMapKeyRef");
      KubernetesNames.check(path.field("name"), key == null ? null : key.name(), problems);
      if (key == null || key.key() == null) {
        problems.invalid(path.field("key"), "the key is missing", "write the ConfigMap's key");
      }
    }
  }
}
