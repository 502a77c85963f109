package dev.pgtrickle.cli.bench;

import dev.pgtrickle.engine.postgres.ConnectionTarget;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Settings that every session of a variant begins with, whoever opens it. */
public enum SessionSettings {
  /** What is compared is work, not the number of processes that it is spread over. */
  ONE_PROCESS("-c max_parallel_workers_per_gather=0", ""),
  /** As the server has it. */
  DEFAULT("", ", default parallelism");

  private final String options;
  private final String suffix;

  SessionSettings(String options, String suffix) {
    this.options = options;
    this.suffix = suffix;
  }

  /** Tells measures of both settings apart. */
  public String suffix() {
    return suffix;
  }

  /** For the driver. */
  public Map<String, String> connectOptions() {
    return options.isEmpty() ? Map.of() : Map.of("options", options);
  }

  /** For the engine, which opens sessions itself. */
  public ConnectionTarget target(ConnectionTarget target) {
    if (options.isEmpty()) {
      return target;
    }
    return new ConnectionTarget(
        target.url()
            + (target.url().contains("?") ? "&" : "?")
            + "options="
            + URLEncoder.encode(options, StandardCharsets.UTF_8).replace("+", "%20"),
        target.user(),
        target.password());
  }
}
