package dev.pgtrickle.testbed.postgres;

/** The PostgreSQL versions that are supported, each with the release that is tested. */
public enum PostgresVersion {
  V14("14.24.0"),
  V15("15.19.0"),
  V16("16.15.0"),
  V17("17.11.0"),
  V18("18.6.0");

  private final String release;

  PostgresVersion(String release) {
    this.release = release;
  }

  /** The release of the binaries, such as {@code 18.6.0}. */
  public String release() {
    return release;
  }

  /** The major version, such as {@code 18}. */
  public int major() {
    return Integer.parseInt(release.substring(0, release.indexOf('.')));
  }

  /** The version with the given major number. */
  public static PostgresVersion ofMajor(int major) {
    for (PostgresVersion version : values()) {
      if (version.major() == major) {
        return version;
      }
    }
    throw new IllegalArgumentException(
        "PostgreSQL " + major + " is not supported; 14, 15, 16, 17 and 18 are.");
  }
}
