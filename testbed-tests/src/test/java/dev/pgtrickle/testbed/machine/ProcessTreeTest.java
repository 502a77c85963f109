package dev.pgtrickle.testbed.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After the kill nothing of a family runs, whoever reaps its members and when. */
class ProcessTreeTest {

  @Test
  void parentAndChildrenAreGone(@TempDir Path directory) throws Exception {
    Path beats = directory.resolve("beats");
    Process parent =
        new ProcessBuilder(
                "sh",
                "-c",
                "(while true; do echo >> \"$0\"; sleep 0.01; done) & while true; do sleep 1; done",
                beats.toString())
            .start();
    while (!Files.exists(beats) || parent.children().findAny().isEmpty()) {
      Thread.sleep(5);
    }
    List<ProcessHandle> children = parent.children().toList();
    ProcessTree.kill(parent.toHandle());
    long size = Files.size(beats);
    assertThat(parent.isAlive()).isFalse();
    assertThat(children).isNotEmpty().allMatch(ProcessTree::hasEnded);
    Thread.sleep(100);
    assertThat(Files.size(beats)).isEqualTo(size);
  }
}
