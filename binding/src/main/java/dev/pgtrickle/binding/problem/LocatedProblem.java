package dev.pgtrickle.binding.problem;

/** A problem and the line that caused it. */
public record LocatedProblem(Place place, Problem problem) {

  /** {@code file:line:column: path.to.field: what; what to do [Code]}. */
  public String oneLine() {
    String path = problem.path().toString();
    return place
        + ": "
        + (path.isEmpty() ? "" : path + ": ")
        + problem.what()
        + "; "
        + problem.remedy()
        + " ["
        + problem.code().word()
        + "]";
  }
}
