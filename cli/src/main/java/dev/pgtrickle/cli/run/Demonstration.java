package dev.pgtrickle.cli.run;

import dev.pgtrickle.cli.demo.DemoServer;
import dev.pgtrickle.cli.demo.ShopWriter;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The embedded server with its shops and their customers, started when somebody needs it. */
public final class Demonstration implements AutoCloseable {
  private static final Duration PAUSE_BETWEEN_EVENTS = Duration.ofMillis(250);

  private final Terminal terminal;
  private final List<ShopWriter> writers = new ArrayList<>();
  private @Nullable DemoServer server;

  public Demonstration(Terminal terminal) {
    this.terminal = terminal;
  }

  /** A database with a shop. */
  public ConnectionTarget database(String name) {
    DemoServer running = server;
    if (running == null) {
      terminal.say("starting PostgreSQL 18 with a sample shop ...");
      running = DemoServer.start(terminal::say);
      server = running;
    }
    return running.database(name);
  }

  /** Says how others can look at it. */
  public void introduce() {
    DemoServer running = server;
    if (running != null) {
      running
          .databases()
          .keySet()
          .forEach(
              name -> terminal.say("look at it: psql " + running.url(name) + "  (no password)"));
    }
  }

  /** Lets so many things happen in each shop, and returns when they have. */
  public void happen(int events) {
    for (ConnectionTarget target : targets()) {
      try (ShopWriter writer = ShopWriter.open(target)) {
        writer.happen(events);
      }
    }
  }

  /** Opens the shops for as long as this lasts. */
  public void openShops() {
    for (ConnectionTarget target : targets()) {
      ShopWriter writer = ShopWriter.open(target);
      writers.add(writer);
      writer.goOn(PAUSE_BETWEEN_EVENTS);
    }
  }

  private List<ConnectionTarget> targets() {
    DemoServer running = server;
    return running == null ? List.of() : List.copyOf(running.databases().values());
  }

  @Override
  public void close() {
    writers.forEach(ShopWriter::close);
    if (server != null) {
      server.close();
    }
  }
}
