package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.binding.problem.Problem;
import dev.pgtrickle.engine.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** Collects what the rules find, so that all of it is reported together. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void invalid(FieldPath path, String what, String remedy) {
    found.add(new Problem(ErrorCode.INVALID_MANIFEST, path, what, remedy));
  }

  public void unsupported(FieldPath path, String what, String remedy) {
    found.add(new Problem(ErrorCode.UNSUPPORTED, path, what, remedy));
  }

  public List<Problem> found() {
    return List.copyOf(found);
  }
}
