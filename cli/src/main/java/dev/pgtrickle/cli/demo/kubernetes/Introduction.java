package dev.pgtrickle.cli.demo.kubernetes;

import dev.pgtrickle.cli.run.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Says what can be tried in another terminal, and writes the file that prepares it. */
final class Introduction {
  private static final List<String> COMMANDS =
      List.of(
          "kubectl get streamtables",
          "kubectl get streamtables -o wide",
          "kubectl describe streamtable revenue",
          "kubectl annotate streamtable revenue --overwrite"
              + " pgtrickle.dev/refresh-requested=\"$(date -u +%FT%TZ)\"",
          "kubectl edit streamtable open-orders",
          "kubectl explain streamtable.spec.refresh",
          "kubectl delete streamtable sales-by-product",
          "psql \"$PGTRICKLE_PG\" -c 'SELECT * FROM revenue'");

  private final DemoWorld world;

  Introduction(DemoWorld world) {
    this.world = world;
  }

  void say(Terminal terminal) {
    Path file = writeEnvironment();
    terminal.say("");
    terminal.say("In another terminal, first this:");
    terminal.say("  . " + file);
    terminal.say("and then, for example:");
    COMMANDS.forEach(command -> terminal.say("  " + command));
    terminal.say("");
  }

  /** The password stays where CloudNativePG puts it: in the Secret. */
  private Path writeEnvironment() {
    try {
      return Files.writeString(
          world.directory().resolve("environment"),
          """
          # For the shells of whoever plays with the demo.
          export KUBECONFIG='%s'
          export KUBECACHEDIR='%s'
          export PATH='%s':"$PATH"
          export PGTRICKLE_PG='%s'
          PGPASSWORD=$(kubectl get secret %s-app -o jsonpath='{.data.password}' | base64 -d)
          export PGPASSWORD
          """
              .formatted(
                  world.kubeconfig(),
                  world.kubectl().cache(),
                  world.kubectl().program().getParent(),
                  world.url(),
                  ShopCluster.NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
