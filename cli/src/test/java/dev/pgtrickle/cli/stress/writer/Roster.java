package dev.pgtrickle.cli.stress.writer;

import java.util.List;

/** The writers of a stress: twenty, of every kind. */
public final class Roster {
  /** Writer number 1 is the first. */
  public static final List<Writer> TWENTY =
      List.of(
          new AutocommitWriter(),
          new AutocommitWriter(),
          new AutocommitWriter(),
          new LongTransactionWriter(),
          new LongTransactionWriter(),
          new IdleInTransactionWriter(),
          new IdleInTransactionWriter(),
          new SavepointWriter(),
          new SavepointWriter(),
          new PreparedTransactionWriter(),
          new PreparedTransactionWriter(),
          new RepeatableReadWriter(),
          new RepeatableReadWriter(),
          new SerializableWriter(),
          new BulkWriter(),
          new CopyWriter(),
          new TruncateWriter(),
          new KeyWriter(),
          new NoOperationWriter(),
          new StockWriter());

  private Roster() {}
}
