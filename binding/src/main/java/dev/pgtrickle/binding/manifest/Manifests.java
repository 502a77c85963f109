package dev.pgtrickle.binding.manifest;

import dev.pgtrickle.binding.BoundStreamTable;
import dev.pgtrickle.binding.connection.ConnectionSecret;
import dev.pgtrickle.binding.problem.LocatedProblem;
import dev.pgtrickle.binding.problem.Place;
import java.util.List;

/**
 * What a set of files says.
 *
 * @param problems all that were found, in the order of the files; where there is one, nothing of
 *     this should be used
 * @param notes what was left aside, a line each
 */
public record Manifests(
    List<Declared> tables,
    List<ConnectionSecret> secrets,
    List<LocatedProblem> problems,
    List<String> notes) {

  /** A stream table and where it was written. */
  public record Declared(Place place, BoundStreamTable table) {}

  public Manifests {
    tables = List.copyOf(tables);
    secrets = List.copyOf(secrets);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }
}
