package dev.pgtrickle.cli.replay;

import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.testbed.cases.SqlCase;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Replays cases, some beside each other, each job on a server of its own. */
public final class Replay {
  private final PostgresVersion version;
  private final CaseReplay caseReplay;
  private final int jobs;
  private final Consumer<String> progress;

  public Replay(
      Engines engines,
      PostgresVersion version,
      Set<ReplayOrder> orders,
      Set<ReplayMode> modes,
      int jobs,
      Consumer<String> progress) {
    this.version = version;
    this.caseReplay = new CaseReplay(engines, orders, modes);
    this.jobs = jobs;
    this.progress = progress;
  }

  /** Hears the results of a case, from any thread, in any order. */
  @FunctionalInterface
  public interface Listener {
    void finished(int index, List<CaseResult> results);
  }

  /** Returns when all cases were heard of. */
  public void run(List<SqlCase> cases, Listener listener) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService executor =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      List<Future<Void>> running = new ArrayList<>();
      for (int job = 0; job < Math.min(jobs, cases.size()); job++) {
        running.add(
            executor.submit(() -> {
              work(cases, next, listener);
              return null;
            }));
      }
      for (Future<Void> job : running) {
        join(job);
      }
    }
  }

  private static void join(Future<Void> job) throws InterruptedException {
    try {
      job.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(failure.getCause());
    }
  }

  private void work(List<SqlCase> cases, AtomicInteger next, Listener listener)
      throws SQLException {
    int index = next.getAndIncrement();
    while (index < cases.size()) {
      try (ReplayServer server = ReplayServer.start(version, progress)) {
        boolean healthy = true;
        while (healthy && index < cases.size()) {
          SqlCase replayed = cases.get(index);
          try {
            listener.finished(index, caseReplay.replay(server, replayed));
          } catch (SQLException | RuntimeException failure) {
            listener.finished(index, caseReplay.broken(replayed, failure));
            healthy = false;
          }
          index = next.getAndIncrement();
        }
      }
    }
  }
}
