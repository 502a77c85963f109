package dev.pgtrickle.testbed.postgres;

import dev.pgtrickle.testbed.machine.ExternalProgram;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/** The account under which PostgreSQL runs. It refuses to run as root, but containers often are. */
sealed interface ServerAccount {
  /** A short name for cache keys: the files of one account are of no use to another. */
  String name();

  /** The words to put before a program so that it runs under this account. */
  List<String> prefix();

  /** Whether this account can enter a directory that exists. */
  boolean canEnter(Path directory);

  /** Gives a file or directory that we made to this account. */
  void own(Path path);

  default List<String> command(List<String> program) {
    List<String> command = new ArrayList<>(prefix());
    command.addAll(program);
    return command;
  }

  /** The account to use on this machine by this user. */
  static ServerAccount detect() {
    if (!isRoot()) {
      return new OwnAccount();
    }
    for (ServerAccount account : List.of(new NobodyAccount(), new UserNamespaceAccount())) {
      if (ExternalProgram.works(account.command(List.of("true")))) {
        return account;
      }
    }
    throw new TestbedException(
        "PostgreSQL refuses to run as root, and neither setpriv nor unshare -U works here:"
            + " run as another user, or allow one of them.");
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The account of this process: nothing to change. */
  record OwnAccount() implements ServerAccount {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public List<String> prefix() {
      return List.of();
    }

    @Override
    public boolean canEnter(Path directory) {
      return Files.isExecutable(directory);
    }

    @Override
    public void own(Path path) {}
  }

  /** Root steps down to the user and group 65534, which own the data directory. */
  record NobodyAccount() implements ServerAccount {
    private static final int NOBODY = 65534;

    @Override
    public String name() {
      return "nobody";
    }

    @Override
    public List<String> prefix() {
      return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    }

    @Override
    public boolean canEnter(Path directory) {
      try {
        for (Path part = directory.toRealPath(); part != null; part = part.getParent()) {
          if (!Files.getPosixFilePermissions(part).contains(PosixFilePermission.OTHERS_EXECUTE)
              && !Files.getAttribute(part, "unix:uid").equals(NOBODY)) {
            return false;
          }
        }
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void own(Path path) {
      try {
        Files.setAttribute(path, "unix:uid", NOBODY);
        Files.setAttribute(path, "unix:gid", NOBODY);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Root's files, but in a user namespace in which we do not look like root. */
  record UserNamespaceAccount() implements ServerAccount {
    @Override
    public String name() {
      return "namespace";
    }

    @Override
    public List<String> prefix() {
      return List.of("unshare", "-U");
    }

    @Override
    public boolean canEnter(Path directory) {
      return true;
    }

    @Override
    public void own(Path path) {}
  }
}
