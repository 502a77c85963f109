package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.crds.streamtable.KeyReference;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Where the query is and how long it may be. What it means is PostgreSQL's business. */
final class QueryRules implements Rules {
  private static final int MOST_BYTES = 65_536;
  private static final Pattern SOMETHING = Pattern.compile("[^ \\t\\n\\f\\r]");
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
    if (query != null && !SOMETHING.matcher(query).find()) {
      problems.invalid(QUERY, "the query is empty", "write a SELECT");
    }
    int bytes = query == null ? 0 : query.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      problems.invalid(
          QUERY,
          "a query has at most 65536 bytes (64 KiB), this one has " + bytes,
          "move parts of it into views");
    }
    if (spec.queryFrom() != null) {
      KeyReference key = spec.queryFrom().configMapKeyRef();
      FieldPath path = QUERY_FROM.field("configMapKeyRef");
      KubernetesNames.check(path.field("name"), key == null ? null : key.name(), problems);
      if (key == null || key.key() == null) {
        problems.invalid(path.field("key"), "the key is missing", "write the ConfigMap's key");
      } else {
        KubernetesNames.checkKey(path.field("key"), key.key(), problems);
      }
    }
  }
}
