package dev.pgtrickle.cli.demo.kubernetes;

import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.demo.ShopWriter;
import dev.pgtrickle.cli.run.Terminal;
import dev.pgtrickle.testbed.machine.ExternalProgram;
import java.time.Duration;

/**
 * The demo that stays: the shop sells, and what {@code kubectl get streamtables} says is shown as
 * it changes, until the process is asked to stop.
 */
public final class DemoShow {
  private static final Duration BETWEEN_EVENTS = Duration.ofMillis(250);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final DemoWorld world;
  private final Terminal terminal;

  public DemoShow(DemoWorld world, Terminal terminal) {
    this.world = world;
    this.terminal = terminal;
  }

  /** The exit code; it returns when interrupted. */
  public int run() {
    StreamTables tables = StreamTables.in(world.directory());
    new Transcript(world.kubectl(), terminal)
        .run("apply", "--server-side", "-f", tables.file().toString());
    try (ShopWriter shop = world.writer()) {
      shop.goOn(BETWEEN_EVENTS);
      new Introduction(world).say(terminal);
      terminal.say("the shop sells; Ctrl-C ends and removes everything");
      TableBoard board = new TableBoard(terminal, ScreenWidth.ofTerminal());
      while (true) {
        world.requireOperator();
        show(board);
        Thread.sleep(BETWEEN_LOOKS);
      }
    } catch (InterruptedException asked) {
      return ExitCodes.OK;
    }
  }

  private void show(TableBoard board) {
    ExternalProgram.Outcome outcome = world.kubectl().run("get", "streamtables");
    if (outcome.succeeded()) {
      board.show(outcome.output().lines().toList());
    }
  }
}
