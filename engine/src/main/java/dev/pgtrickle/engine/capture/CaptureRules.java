package dev.pgtrickle.engine.capture;

/**
 * The rules of the protocol that capture and cleanup obey, one class a rule, so that a test can
 * replace one by a planted bug and show what it protects.
 */
public record CaptureRules(
    Barrier barrier,
    Deadline deadline,
    TruncateRule truncate,
    CaptureStamp stamp,
    CatalogTrace trace,
    PublicationGuard publications,
    PinRule pins,
    HorizonRule horizon,
    TruncateCheck truncateCheck,
    DescendantsCheck descendants,
    Sentinel sentinel) {

  /** The same with another sentinel. */
  public CaptureRules with(Sentinel other) {
    return new CaptureRules(
        barrier,
        deadline,
        truncate,
        stamp,
        trace,
        publications,
        pins,
        horizon,
        truncateCheck,
        descendants,
        other);
  }

  /** The same with another look at what came below. */
  public CaptureRules with(DescendantsCheck other) {
    return new CaptureRules(
        barrier,
        deadline,
        truncate,
        stamp,
        trace,
        publications,
        pins,
        horizon,
        truncateCheck,
        other,
        sentinel);
  }

  public static CaptureRules standard() {
    return new CaptureRules(
        new Barrier(),
        new Deadline(),
        new TruncateRule(),
        new CaptureStamp(),
        new CatalogTrace(),
        new PublicationGuard(),
        new PinRule(),
        new HorizonRule(),
        new TruncateCheck(),
        new DescendantsCheck(),
        new Sentinel());
  }
}
