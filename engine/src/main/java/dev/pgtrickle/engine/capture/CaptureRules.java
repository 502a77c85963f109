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
    DescendantsCheck descendants) {

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
        new DescendantsCheck());
  }
}
