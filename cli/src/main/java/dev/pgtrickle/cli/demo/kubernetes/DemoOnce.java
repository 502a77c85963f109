package dev.pgtrickle.cli.demo.kubernetes;

import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.demo.ShopWriter;
import dev.pgtrickle.cli.output.VerificationView;
import dev.pgtrickle.cli.run.Terminal;
import dev.pgtrickle.crds.Annotations;
import dev.pgtrickle.engine.verify.VerificationResult;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The demo from beginning to end: stream tables are applied, become Ready while the shop sells, are
 * refreshed on request, and compared with their queries.
 */
public final class DemoOnce {
  private static final int EVENTS = 100;
  private static final String[] ALL = {"streamtables", "--all"};

  private final DemoWorld world;
  private final Terminal terminal;
  private final Timings timings;

  public DemoOnce(DemoWorld world, Terminal terminal, Timings timings) {
    this.world = world;
    this.terminal = terminal;
    this.timings = timings;
  }

  /** The exit code: 0 only when every stream table equals its query. */
  public int run() {
    StreamTables tables = StreamTables.in(world.directory());
    Transcript kubectl = new Transcript(world.kubectl(), terminal);
    try (ShopWriter shop = world.writer()) {
      timings.of(
          "three stream tables: applied, loaded, Ready", () -> create(kubectl, tables, shop));
      shop.happen(EVENTS);
    } catch (TestbedException failure) {
      throw withLog(failure);
    }
    timings.of("a refresh of all three, requested", () -> refresh(kubectl));
    kubectl.run("get", "streamtables", "-o", "wide");
    List<VerificationResult> results =
        timings.of(
            "comparison with their queries",
            () ->
                tables.definitions().stream()
                    .map(new ImageComparison(world.database())::compare)
                    .toList());
    VerificationView.lines(results).forEach(terminal::say);
    terminal.say("");
    timings.lines().forEach(terminal::say);
    return results.stream().allMatch(result -> result.verdict() == VerificationResult.Verdict.EXACT)
        ? ExitCodes.OK
        : ExitCodes.DIFFERENT;
  }

  /** The shop sells meanwhile: what is loaded is never a shop that stands still. */
  private static void create(Transcript kubectl, StreamTables tables, ShopWriter shop) {
    kubectl.run("apply", "--server-side", "-f", tables.file().toString());
    shop.happen(EVENTS);
    kubectl.run("wait", "--for=condition=Ready", "--timeout=120s", ALL[0], ALL[1]);
  }

  /** After the last write, so that what is compared is the work of these refreshes. */
  private static void refresh(Transcript kubectl) {
    String token = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    kubectl.run(
        "annotate", "--overwrite", ALL[0], ALL[1], Annotations.REFRESH_REQUESTED + "=" + token);
    kubectl.run(
        "wait",
        "--for=jsonpath={.status.refreshRequest.token}=" + token,
        "--timeout=60s",
        ALL[0],
        ALL[1]);
    kubectl.run(
        "wait",
        "--for=jsonpath={.status.refreshRequest.state}=Succeeded",
        "--timeout=60s",
        ALL[0],
        ALL[1]);
  }

  private TestbedException withLog(TestbedException failure) {
    return new TestbedException(
        failure.getMessage() + "\nThe operator's log ends with:\n" + world.operatorLog(), failure);
  }
}
