package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.Coverage;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The rules of the protocol, each with a way to leave it out. What then goes wrong is what the rule
 * is for.
 */
final class PlantedRules {
  private PlantedRules() {}

  /** P3 left out: nobody waits for writers inside an older function body. */
  static CaptureRules withoutBarrier() {
    CaptureRules rules = CaptureRules.standard();
    return new CaptureRules(
        new Barrier() {
          @Override
          public void pass(
              FencedTransactions transactions,
              Collection<QualifiedName> relations,
              Duration budget) {}
        },
        rules.deadline(),
        rules.truncate(),
        rules.stamp(),
        rules.trace(),
        rules.publications(),
        rules.pins(),
        rules.horizon(),
        rules.truncateCheck(),
        rules.descendants(),
        rules.sentinel());
  }

  static CaptureRules with(Barrier barrier) {
    CaptureRules rules = CaptureRules.standard();
    return new CaptureRules(
        barrier,
        rules.deadline(),
        rules.truncate(),
        rules.stamp(),
        rules.trace(),
        rules.publications(),
        rules.pins(),
        rules.horizon(),
        rules.truncateCheck(),
        rules.descendants(),
        rules.sentinel());
  }

  static CaptureRules with(CatalogTrace trace) {
    CaptureRules rules = CaptureRules.standard();
    return new CaptureRules(
        rules.barrier(),
        rules.deadline(),
        rules.truncate(),
        rules.stamp(),
        trace,
        rules.publications(),
        rules.pins(),
        rules.horizon(),
        rules.truncateCheck(),
        rules.descendants(),
        rules.sentinel());
  }

  /** P7: the rows of one catalog leave no trace. */
  static final class TraceWithout extends CatalogTrace {
    private final String catalog;

    TraceWithout(String catalog) {
      this.catalog = catalog;
    }

    @Override
    List<String> ofRelations(List<SourceStates.Expected> sources) {
      return super.ofRelations(sources).stream().filter(part -> !part.contains(catalog)).toList();
    }
  }

  static CaptureRules with(PinRule pins, HorizonRule horizon) {
    CaptureRules rules = CaptureRules.standard();
    return new CaptureRules(
        rules.barrier(),
        rules.deadline(),
        rules.truncate(),
        rules.stamp(),
        rules.trace(),
        rules.publications(),
        pins,
        horizon,
        rules.truncateCheck(),
        rules.descendants(),
        rules.sentinel());
  }

  static CaptureRules with(TruncateCheck truncateCheck, HorizonRule horizon) {
    CaptureRules rules = CaptureRules.standard();
    return new CaptureRules(
        rules.barrier(),
        rules.deadline(),
        rules.truncate(),
        rules.stamp(),
        rules.trace(),
        rules.publications(),
        rules.pins(),
        horizon,
        truncateCheck,
        rules.descendants(),
        rules.sentinel());
  }

  static CaptureRules with(Deadline deadline) {
    CaptureRules rules = CaptureRules.standard();
    return new CaptureRules(
        rules.barrier(),
        deadline,
        rules.truncate(),
        rules.stamp(),
        rules.trace(),
        rules.publications(),
        rules.pins(),
        rules.horizon(),
        rules.truncateCheck(),
        rules.descendants(),
        rules.sentinel());
  }

  static CaptureRules with(CaptureStamp stamp) {
    CaptureRules rules = CaptureRules.standard();
    return new CaptureRules(
        rules.barrier(),
        rules.deadline(),
        rules.truncate(),
        stamp,
        rules.trace(),
        rules.publications(),
        rules.pins(),
        rules.horizon(),
        rules.truncateCheck(),
        rules.descendants(),
        rules.sentinel());
  }

  static CaptureRules with(TruncateRule truncate) {
    CaptureRules rules = CaptureRules.standard();
    return new CaptureRules(
        rules.barrier(),
        rules.deadline(),
        truncate,
        rules.stamp(),
        rules.trace(),
        rules.publications(),
        rules.pins(),
        rules.horizon(),
        rules.truncateCheck(),
        rules.descendants(),
        rules.sentinel());
  }

  static CaptureRules with(PublicationGuard publications) {
    CaptureRules rules = CaptureRules.standard();
    return new CaptureRules(
        rules.barrier(),
        rules.deadline(),
        rules.truncate(),
        rules.stamp(),
        rules.trace(),
        publications,
        rules.pins(),
        rules.horizon(),
        rules.truncateCheck(),
        rules.descendants(),
        rules.sentinel());
  }

  /** P4: cleanup does not ask who still needs a row. */
  static final class NoPins extends PinRule {
    @Override
    String bound(long sourceId) {
      return "SELECT pg_current_snapshot()::text";
    }
  }

  /** P4: a refresh does not ask what was removed. */
  static class NoProof extends HorizonRule {
    @Override
    String proof(String horizon, String frontier) {
      return "true";
    }
  }

  /** P4: the last cleanup's bound is the horizon, even when an earlier one removed more. */
  static final class ShrinkingHorizon extends HorizonRule {
    @Override
    String raised(String horizon, String removed) {
      return removed;
    }
  }

  /** P4: what was removed is not written down. */
  static final class SilentHorizon extends HorizonRule {
    @Override
    String raised(String horizon, String removed) {
      return horizon;
    }
  }

  /** P4: a retired buffer is emptied unseen. */
  static final class NoTruncateCheck extends TruncateCheck {
    @Override
    String holds(QualifiedName buffer, String removable) {
      return "SELECT true";
    }
  }

  /** P6: every TRUNCATE writes the images of the rows that it can see. */
  static final class ImagesAlways extends TruncateRule {
    @Override
    boolean mayReadRows(Coverage coverage) {
      return true;
    }

    @Override
    String seesAllRows() {
      return "true";
    }
  }

  /** P7: only the present state of the triggers is looked at. */
  static final class StampWithoutHistory extends CaptureStamp {
    @Override
    String triggers() {
      return super.triggers().replace("installed.xmin, ", "");
    }
  }

  /** P18: every writer says that the deadline has passed. */
  static final class TalkativeDeadline extends Deadline {
    @Override
    String guard(Instant deadline, QualifiedName buffer) {
      return super.guard(deadline, buffer).replaceAll("WHERE NOT EXISTS [^;]*;", ";");
    }
  }

  /** P18: capture never expires. */
  static final class NoDeadline extends Deadline {
    @Override
    String guard(Instant deadline, QualifiedName buffer) {
      return "";
    }
  }

  /** P20: a publication is nobody's business. */
  static final class NoPublicationGuard extends PublicationGuard {
    @Override
    public Optional<String> present(Connection connection) {
      return Optional.empty();
    }
  }
}
