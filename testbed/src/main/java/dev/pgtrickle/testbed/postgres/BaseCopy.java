package dev.pgtrickle.testbed.postgres;

import dev.pgtrickle.testbed.machine.DirectoryTree;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;

/**
 * Copies the data of a running server as pg_basebackup does, which our binaries lack. The
 * write-ahead log is left out: the copy streams it, so the server has to keep some (wal_keep_size).
 */
record BaseCopy(EmbeddedPostgres server) {
  private static final int FIRST_WITH_NEW_NAMES = 15;
  private static final Set<String> LEFT_OUT =
      Set.of("postmaster.pid", "postmaster.opts", "standby.signal", "pg_replslot", "pg_stat_tmp");

  void writeTo(Path target, ServerAccount account) {
    Path source = server.dataDirectory();
    Path log = source.resolve("pg_wal");
    try (Connection connection = server.connect("postgres", "postgres")) {
      SqlSession session = new SqlSession(connection);
      session.queryText(
          newNames()
              ? "select pg_backup_start('copy', true)::text"
              : "select pg_start_backup('copy', true, false)::text");
      new DirectoryTree(source)
          .copyTo(
              target,
              path ->
                  !path.equals(log)
                      && !(path.getNameCount() == source.getNameCount() + 1
                          && LEFT_OUT.contains(path.getFileName().toString())));
      String label =
          session.queryText(
              newNames()
                  ? "select labelfile from pg_backup_stop(false)"
                  : "select labelfile from pg_stop_backup(false, false)");
      new ServerFiles(target, account).write("backup_label", Objects.requireNonNull(label));
    } catch (SQLException e) {
      throw new TestbedException("Could not copy the data of " + source, e);
    }
  }

  private boolean newNames() {
    return server.version().major() >= FIRST_WITH_NEW_NAMES;
  }
}
