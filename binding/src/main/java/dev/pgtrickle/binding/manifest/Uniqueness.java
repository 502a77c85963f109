package dev.pgtrickle.binding.manifest;

import dev.pgtrickle.binding.BoundStreamTable;
import dev.pgtrickle.binding.ServerReference;
import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.binding.problem.Place;
import dev.pgtrickle.binding.problem.Problem;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One resource a name, one relation a resource. */
final class Uniqueness {
  private final Map<String, Place> resources = new HashMap<>();
  private final Map<Relation, Place> relations = new HashMap<>();

  private record Relation(ServerReference server, String database, QualifiedName name) {}

  /** Notes a resource; says with whom it collides. */
  List<Problem> claim(BoundStreamTable table, Place place) {
    List<Problem> problems = new ArrayList<>();
    String resource =
        table.definition().origin().namespace() + "/" + table.definition().origin().name();
    Place earlier = resources.putIfAbsent(resource, place);
    if (earlier != null) {
      problems.add(
          conflict(
              FieldPath.of("metadata", "name"),
              "StreamTable " + resource + " is also in " + earlier,
              "remove one of the two"));
      return problems;
    }
    QualifiedName relation = table.definition().relation();
    Place owner =
        relations.putIfAbsent(new Relation(table.server(), table.database(), relation), place);
    if (owner != null) {
      problems.add(
          conflict(
              FieldPath.of("spec", "table"),
              "relation " + relation + " belongs to the resource in " + owner,
              "choose another spec.table.name"));
    }
    return problems;
  }

  private static Problem conflict(FieldPath path, String what, String remedy) {
    return new Problem(ErrorCode.CONFLICT, path, what, remedy);
  }
}
