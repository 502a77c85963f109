package dev.pgtrickle.cli.run;

import dev.pgtrickle.engine.postgres.ConnectionTarget;

/** The server that manifests run against when they do not bring one themselves. */
@FunctionalInterface
public interface ServerChoice {

  ConnectionTarget database(String name);
}
