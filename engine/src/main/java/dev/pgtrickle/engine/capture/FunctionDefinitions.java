package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.BoundStatement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * P7: a user function that is replaced takes effect inside a running refresh, while every query of
 * the catalog goes on showing the old one. Only pg_get_functiondef reads the newest catalog.
 */
public final class FunctionDefinitions {
  /** SQLSTATE of {@link #check}: start again. */
  public static final String REPLACED = "PT001";

  private FunctionDefinitions() {}

  /** A scalar query for the hash of the newest definitions. */
  public static String query(List<Long> functions) {
    return "(SELECT pgtrickle.definitions_of(%s::oid[]))".formatted(array(functions));
  }

  /** For trip 2, just before COMMIT: raises {@link #REPLACED} unless the hash is still this one. */
  public static BoundStatement check(List<Long> functions, String expected) {
    return new BoundStatement(
        "SELECT pgtrickle.check_definitions(%s::oid[], ?)".formatted(array(functions)),
        List.of(expected));
  }

  private static String array(List<Long> functions) {
    return functions.stream().map(String::valueOf).collect(Collectors.joining(",", "'{", "}'"));
  }
}
