package dev.pgtrickle.testbed.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A directory with all that is in it. */
public record DirectoryTree(Path root) {
  /** Copies with owners and permissions, which PostgreSQL checks. The target must not exist. */
  public void copyTo(Path target) {
    copyTo(target, path -> true);
  }

  /**
   * The same, without the content of directories and without files that are not wanted. What
   * vanishes meanwhile is left out: a running server deletes files.
   */
  public void copyTo(Path target, Predicate<Path> wanted) {
    walk(
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            copy(directory);
            return wanted.test(directory) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (wanted.test(file)) {
              copy(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            return ignoreVanished(failure);
          }

          private void copy(Path path) throws IOException {
            try {
              Files.copy(
                  path,
                  target.resolve(root.relativize(path).toString()),
                  StandardCopyOption.COPY_ATTRIBUTES,
                  LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException e) {
              if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
              }
            }
          }
        });
  }

  /** Deletes all of it; what is gone already is no error, since a dying server also deletes. */
  public void delete() {
    walk(
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            return ignoreVanished(failure);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static FileVisitResult ignoreVanished(IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }

  private void walk(SimpleFileVisitor<Path> visitor) {
    try {
      Files.walkFileTree(root, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
