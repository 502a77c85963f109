package dev.pgtrickle.testbed.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes into a data directory what only the server may read, as PostgreSQL demands of keys. */
record ServerFiles(Path data, ServerAccount account) {
  void write(String name, String content) {
    try {
      Path file = data.resolve(name);
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, content);
      account.own(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next start follows a primary on this machine. */
  void followPrimary(int port) {
    write("standby.signal", "");
    try {
      Files.writeString(
          data.resolve("postgresql.auto.conf"),
          "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres sslmode=disable'\n"
              .formatted(port),
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
