package dev.pgtrickle.engine.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The one SELECT of a prologue: it takes the snapshot S' and reads all that the refresh decides on.
 *
 * @param <S> what it reads
 */
public interface StateQuery<S> {

  /** A SELECT; may return any number of rows. */
  String sql();

  /** Binds its parameters, the first of which is number {@code first}. */
  void bind(PreparedStatement statement, int first) throws SQLException;

  /**
   * Reads all rows; the cursor stands ON the first row. Where the SELECT returned nothing there is
   * one row whose columns are all NULL. Columns are found by their names.
   */
  S read(ResultSet rows) throws SQLException;
}
