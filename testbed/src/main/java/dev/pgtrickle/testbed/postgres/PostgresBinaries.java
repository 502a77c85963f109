package dev.pgtrickle.testbed.postgres;

import dev.pgtrickle.testbed.machine.CacheDirectory;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The unpacked programs of one version. */
record PostgresBinaries(Path home) {
  private static final int EXECUTABLE_BY_OWNER = 0100;

  static PostgresBinaries of(
      PostgresVersion version, CacheDirectory cache, Consumer<String> progress) {
    return new PostgresBinaries(
        cache.filledOnce(
            "postgres-" + version.release(),
            directory -> {
              progress.accept("unpacking PostgreSQL " + version.release() + " ...");
              unpack(version, directory);
            }));
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  private static void unpack(PostgresVersion version, Path directory) {
    Platform platform = Platform.current();
    Path jar = CacheDirectory.jars().resolve(platform.jarName(version));
    if (!Files.exists(jar)) {
      throw new TestbedException(
          jar
              + " is missing: the build of the testbed module copies it there, run ./mvnw package.");
    }
    try (ZipFile zip = new ZipFile(jar.toFile());
        InputStream archive = zip.getInputStream(entry(zip, platform.archive()));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new XZCompressorInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(entry, tar, directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not unpack " + jar, e);
    }
  }

  private static ZipEntry entry(ZipFile zip, String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new TestbedException(zip.getName() + " does not contain " + name);
    }
    return entry;
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path directory)
      throws IOException {
    Path target = directory.resolve(entry.getName()).normalize();
    if (!target.startsWith(directory)) {
      throw new TestbedException("The archive leaves its directory: " + entry.getName());
    }
    if (entry.isDirectory()) {
      CacheDirectory.makeEnterable(target);
      return;
    }
    Path parent = target.getParent();
    if (parent != null && !Files.exists(parent)) {
      CacheDirectory.makeEnterable(parent);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target);
    // Readable by all: the server may run under another account than ours.
    boolean executable = (entry.getMode() & EXECUTABLE_BY_OWNER) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }
}
