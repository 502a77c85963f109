package dev.pgtrickle.cli.demo;

import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** An application that goes on selling while the tables are kept current. */
public final class ShopWriter implements AutoCloseable {
  private static final long SEED = 20_261_101;

  /** What customers do; the question marks are dice. */
  private static final List<String> EVENTS =
      List.of(
          """
          WITH new_order AS (
            INSERT INTO orders (customer_id, status, ordered_at)
            VALUES (1 + ? % 1000, 'open', now())
            RETURNING id
          )
          INSERT INTO order_items (order_id, product_id, quantity, amount)
          SELECT id, 1 + ? % 200, 1 + ? % 5, (1 + ? % 500) / 4.0
          FROM new_order, generate_series(1, 3)
          """,
          """
          UPDATE orders SET status = 'shipped'
          WHERE id = (SELECT min(id) FROM orders WHERE status = 'open')
          """,
          "UPDATE order_items SET quantity = quantity + 1 WHERE id = 1 + ? % 20000",
          "DELETE FROM order_items WHERE id = 1 + ? % 20000");

  private final Connection connection;
  private final Random dice = new Random(SEED);
  private final AtomicBoolean stopped = new AtomicBoolean();

  private ShopWriter(Connection connection) {
    this.connection = connection;
  }

  public static ShopWriter open(ConnectionTarget target) {
    try {
      return new ShopWriter(
          DriverManager.getConnection(target.url(), target.user(), target.password()));
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "opening the shop");
    }
  }

  /** Lets so many things happen, each in a transaction of its own. */
  public void happen(int events) {
    for (int event = 0; event < events; event++) {
      happen();
    }
  }

  /** Goes on with a pause between events, on a thread of its own, until it is closed. */
  public void goOn(Duration pause) {
    Thread.ofVirtual()
        .name("shop")
        .start(() -> {
          while (!stopped.get()) {
            try {
              happen();
              Thread.sleep(pause);
            } catch (InterruptedException | RuntimeException end) {
              // The shop is only there to have something to look at.
              return;
            }
          }
        });
  }

  private void happen() {
    String sql = EVENTS.get(dice.nextInt(EVENTS.size()));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameters = (int) sql.chars().filter(character -> character == '?').count();
      for (int parameter = 1; parameter <= parameters; parameter++) {
        statement.setInt(parameter, dice.nextInt(Integer.MAX_VALUE));
      }
      statement.execute();
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "selling something");
    }
  }

  @Override
  public void close() {
    stopped.set(true);
    try {
      connection.close();
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "closing the shop");
    }
  }
}
