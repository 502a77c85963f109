package dev.pgtrickle.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files of the folder examples, which the command brings along. */
public final class SampleFiles {
  /** The name that stands for the manifests in messages. */
  public static final String MANIFESTS_NAME = "examples/stream-tables.yaml";

  private SampleFiles() {}

  /** Schema and data of the shop. */
  public static String shop() {
    return read("shop.sql");
  }

  /** The stream tables over it. */
  public static String manifests() {
    return read("stream-tables.yaml");
  }

  /** The Cluster in which the shop lives in Kubernetes. */
  public static String cluster() {
    return read("cluster.yaml");
  }

  private static String read(String name) {
    try (InputStream file = SampleFiles.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the file " + name + " was not packed");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
