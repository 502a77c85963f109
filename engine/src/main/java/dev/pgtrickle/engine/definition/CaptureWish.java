package dev.pgtrickle.engine.definition;

/**
 * What a table asks of the buffers of its sources, which it may share with other tables.
 *
 * @param buffers unlogged only where every table that reads the source asks for it, or where logged
 *     ones would be published
 */
public record CaptureWish(Buffers buffers, AllTablesPublication allTablesPublication) {

  /** What a user gets who says nothing about it. */
  public static CaptureWish defaults() {
    return of(Buffers.LOGGED);
  }

  /** Where no publication of all tables is accepted. */
  public static CaptureWish of(Buffers buffers) {
    return new CaptureWish(buffers, AllTablesPublication.REFUSED);
  }
}
