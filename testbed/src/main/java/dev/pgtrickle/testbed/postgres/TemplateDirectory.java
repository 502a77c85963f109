package dev.pgtrickle.testbed.postgres;

import dev.pgtrickle.testbed.machine.CacheDirectory;
import dev.pgtrickle.testbed.machine.DirectoryTree;
import dev.pgtrickle.testbed.machine.ExternalProgram;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;

/**
 * A data directory fresh from initdb, kept to be copied: initdb takes a second, a copy does not.
 */
record TemplateDirectory(Path data) {
  static TemplateDirectory of(
      PostgresVersion version,
      PostgresBinaries binaries,
      ServerAccount account,
      CacheDirectory cache,
      Consumer<String> progress) {
    return new TemplateDirectory(
        cache
            .filledOnce(
                "template-" + version.release() + "-" + account.name(),
                directory -> {
                  progress.accept("initialising PostgreSQL " + version.release() + " ...");
                  initialise(directory.resolve("data"), binaries, account);
                })
            .resolve("data"));
  }

  private static void initialise(Path data, PostgresBinaries binaries, ServerAccount account) {
    // Not every machine has C.UTF-8; both sort by code point.
    ExternalProgram.Outcome outcome = initdb("C.UTF-8", data, binaries, account);
    if (!outcome.succeeded()) {
      new DirectoryTree(data).delete();
      outcome = initdb("C", data, binaries, account);
    }
    if (!outcome.succeeded()) {
      throw new TestbedException("initdb failed:\n" + outcome.output());
    }
  }

  private static ExternalProgram.Outcome initdb(
      String locale, Path data, PostgresBinaries binaries, ServerAccount account) {
    try {
      Files.createDirectory(
          data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    account.own(data);
    return ExternalProgram.run(
        account.command(
            List.of(
                binaries.program("initdb"),
                "--pgdata=" + data,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=" + locale,
                "--no-sync")));
  }
}
