package dev.pgtrickle.engine.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the rows of a result; the cursor stands before the first one. */
@FunctionalInterface
public interface RowsReader<R> {

  R read(ResultSet rows) throws SQLException;
}
