package dev.pgtrickle.engine.sql.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No bytes crash the parser or make it hang. */
class ParserFuzzTest {
  private static final Duration FUZZED =
      Duration.ofMinutes(Long.getLong("pgtrickle.fuzz.minutes", 10));

  /** Far above what any input takes, and far below what a hang would. */
  private static final int SECONDS_AN_INPUT = 5;

  @Test
  void theSeedsAndTheirPiecesAreAnswered() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    for (String text : FuzzSeeds.texts()) {
      ParserFuzzTarget.fuzzerTestOneInput(text.getBytes(StandardCharsets.UTF_8));
      byte[] broken = text.getBytes(StandardCharsets.UTF_8);
      broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      ParserFuzzTarget.fuzzerTestOneInput(broken);
    }
  }

  @Test
  @Tag("long")
  void jazzerFindsNothing(@TempDir Path directory) throws Exception {
    Path seeds = Files.createDirectory(directory.resolve("seeds"));
    FuzzSeeds.write(seeds);
    Path words = directory.resolve("words");
    FuzzSeeds.writeWords(words);
    Path log = directory.resolve("log");
    Process fuzzer =
        new ProcessBuilder(command(seeds, words))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    try {
      assertThat(fuzzer.waitFor(FUZZED.toSeconds() + 120, TimeUnit.SECONDS))
          .as("the fuzzer ends by itself")
          .isTrue();
    } finally {
      fuzzer.destroyForcibly();
    }
    String said = Files.readString(log);
    System.out.println(said.lines().skip(Math.max(0, said.lines().count() - 4)).toList());
    assertThat(fuzzer.exitValue()).as(said).isZero();
    assertThat(said).contains("DONE");
  }

  private static List<String> command(Path seeds, Path words) {
    return List.of(
        ProcessHandle.current().info().command().orElseThrow(),
        "-XX:+EnableDynamicAgentLoading",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + ParserFuzzTarget.class.getName(),
        "--instrumentation_includes=dev.pgtrickle.engine.sql.**",
        "--disabled_hooks=*",
        seeds.toString(),
        "-dict=" + words,
        "-max_total_time=" + FUZZED.toSeconds(),
        "-timeout=" + SECONDS_AN_INPUT,
        "-max_len=65536",
        "-len_control=20",
        "-seed=20261121");
  }
}
