package dev.pgtrickle.cli.output;

/** How a list is printed. */
public enum OutputForm {
  TEXT,
  JSON,
  YAML
}
