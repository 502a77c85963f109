package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.catalog.RefreshRequest;
import dev.pgtrickle.engine.catalog.RequestQueue;
import dev.pgtrickle.engine.postgres.DatabasePool;
import dev.pgtrickle.engine.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Reads what users asked for. */
final class RequestInbox {
  private final DatabasePool pool;
  private final RequestQueue queue = new RequestQueue();

  RequestInbox(DatabasePool pool) {
    this.pool = pool;
  }

  List<RefreshRequest> read() {
    try (Connection connection = pool.borrow()) {
      return queue.open(connection);
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "reading requests");
    }
  }
}
