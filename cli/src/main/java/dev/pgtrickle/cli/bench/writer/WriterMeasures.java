package dev.pgtrickle.cli.bench.writer;

import dev.pgtrickle.cli.bench.Measure;

/** What is measured of a writer. CPU is that of the server process that runs its statements. */
final class WriterMeasures {
  static final Measure BULK_INSERT = cpuMillis("bulk insert");
  static final Measure BULK_UPDATE = cpuMillis("bulk update");
  static final Measure BULK_UPDATE_UNREFERENCED = cpuMillis("bulk update, unreferenced column");
  static final Measure BULK_DELETE = cpuMillis("bulk delete");
  static final Measure SINGLE_INSERT = cpuMicros("single insert");
  static final Measure SINGLE_UPDATE = cpuMicros("single update");
  static final Measure SINGLE_DELETE = cpuMicros("single delete");
  static final Measure CLIENTS = new Measure("8 clients, autocommit", "ms wall");

  private WriterMeasures() {}

  private static Measure cpuMillis(String name) {
    return new Measure(name, "ms CPU");
  }

  private static Measure cpuMicros(String name) {
    return new Measure(name, "us CPU");
  }

  /** The same on a server whose processes cannot be watched. */
  static Measure wall(Measure measure) {
    return new Measure(measure.name() + " (wall)", measure.unit().replace("CPU", "wall"));
  }
}
