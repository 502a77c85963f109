package dev.pgtrickle.cli.stress.writer;

import java.sql.SQLException;

/**
 * One way in which applications write. Each call leaves no transaction open, and whatever it
 * commits keeps the totals of the bank.
 */
public sealed interface Writer
    permits AutocommitWriter,
        LongTransactionWriter,
        IdleInTransactionWriter,
        SavepointWriter,
        PreparedTransactionWriter,
        RepeatableReadWriter,
        SerializableWriter,
        BulkWriter,
        CopyWriter,
        TruncateWriter,
        KeyWriter,
        NoOperationWriter,
        StockWriter {

  /** How long a kind keeps the locks on its tables. */
  enum Holding {
    BRIEF,
    /**
     * For seconds, and there is always one: nobody who gives way can install triggers meanwhile.
     */
    LONG
  }

  /** How long this kind keeps the locks on its tables. */
  default Holding holding() {
    return Holding.BRIEF;
  }

  /** Writes once. */
  void write(WriterSession session) throws SQLException;

  /** What this kind does first on a new connection, because its last one may have broken. */
  default void recover(WriterSession session) throws SQLException {}
}
