package dev.pgtrickle.binding;

import dev.pgtrickle.binding.value.DurationText;
import dev.pgtrickle.binding.value.EffectiveNames;
import dev.pgtrickle.binding.value.QuantityText;
import dev.pgtrickle.crds.Annotations;
import dev.pgtrickle.crds.streamtable.BufferMode;
import dev.pgtrickle.crds.streamtable.CaptureSpec;
import dev.pgtrickle.crds.streamtable.FallbackPolicy;
import dev.pgtrickle.crds.streamtable.IndexMethod;
import dev.pgtrickle.crds.streamtable.IndexSpec;
import dev.pgtrickle.crds.streamtable.LimitsSpec;
import dev.pgtrickle.crds.streamtable.RefreshModeChoice;
import dev.pgtrickle.crds.streamtable.RefreshSpec;
import dev.pgtrickle.crds.streamtable.ScheduleSpec;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import dev.pgtrickle.crds.streamtable.WakeMode;
import dev.pgtrickle.engine.definition.AllTablesPublication;
import dev.pgtrickle.engine.definition.Buffers;
import dev.pgtrickle.engine.definition.CaptureWish;
import dev.pgtrickle.engine.definition.Fallback;
import dev.pgtrickle.engine.definition.Grant;
import dev.pgtrickle.engine.definition.IndexDefinition;
import dev.pgtrickle.engine.definition.Limits;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.definition.Wake;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fills in every default of a resource that was found valid. */
final class DefinitionFactory {
  /** What a table without any source of a schedule has; frozen. */
  static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

  private static final long BYTES_IN_KIBIBYTE = 1024;

  StreamTableDefinition create(StreamTable resource, StreamTableSpec spec) {
    RefreshSpec refresh = spec.refresh();
    return new StreamTableDefinition(
        QualifiedName.of(
            EffectiveNames.schema(spec), EffectiveNames.table(resource, spec).orElseThrow()),
        Objects.requireNonNull(spec.query()),
        mode(refresh == null ? null : refresh.mode()),
        fallback(refresh == null ? null : refresh.fallback()),
        schedule(spec.schedule()),
        wake(spec.capture()),
        Optional.ofNullable(spec.owner()).map(Identifier::of),
        spec.primaryKey().stream().map(Identifier::of).toList(),
        spec.indexes().stream().map(DefinitionFactory::index).toList(),
        grants(spec),
        limits(spec.limits()),
        activity(resource, spec),
        origin(resource),
        PolicyFactory.policies(resource, spec),
        capture(spec.capture()));
  }

  private static RefreshMode mode(@Nullable RefreshModeChoice choice) {
    return switch (choice) {
      case null -> RefreshMode.AUTO;
      case AUTO -> RefreshMode.AUTO;
      case DIFFERENTIAL -> RefreshMode.DIFFERENTIAL;
      case FULL -> RefreshMode.FULL;
      case IMMEDIATE -> throw new IllegalStateException("Immediate passed the validation");
    };
  }

  private static Fallback fallback(@Nullable FallbackPolicy policy) {
    return policy == FallbackPolicy.NEVER ? Fallback.NEVER : Fallback.ALLOW;
  }

  private static Schedule schedule(@Nullable ScheduleSpec schedule) {
    if (schedule == null) {
      return new Schedule.Every(DEFAULT_INTERVAL);
    }
    if (schedule.every() != null) {
      return new Schedule.Every(DurationText.parse(schedule.every()).orElseThrow());
    }
    if (schedule.onChange() != null) {
      return new Schedule.OnChange();
    }
    if (schedule.manual() != null) {
      return new Schedule.Manual();
    }
    throw new IllegalStateException("a schedule of a later release passed the validation");
  }

  private static Wake wake(@Nullable CaptureSpec capture) {
    WakeMode mode = capture == null ? null : capture.wake();
    return switch (mode) {
      case null -> Wake.AUTO;
      case AUTO -> Wake.AUTO;
      case NOTIFY -> Wake.NOTIFY;
      case POLL -> Wake.POLL;
    };
  }

  private static CaptureWish capture(@Nullable CaptureSpec capture) {
    if (capture == null) {
      return CaptureWish.defaults();
    }
    AllTablesPublication publication =
        Boolean.TRUE.equals(capture.allowAllTablesPublication())
            ? AllTablesPublication.ACCEPTED
            : AllTablesPublication.REFUSED;
    return new CaptureWish(buffers(capture.buffers(), publication), publication);
  }

  /** Logged ones would be published; who asks for both is refused. */
  private static Buffers buffers(@Nullable BufferMode mode, AllTablesPublication publication) {
    return switch (mode) {
      case null -> publication == AllTablesPublication.ACCEPTED ? Buffers.UNLOGGED : Buffers.LOGGED;
      case LOGGED -> Buffers.LOGGED;
      case UNLOGGED -> Buffers.UNLOGGED;
    };
  }

  private static IndexDefinition index(IndexSpec index) {
    IndexMethod method = index.method() == null ? IndexMethod.BTREE : index.method();
    return new IndexDefinition(
        index.columns().stream().map(Identifier::of).toList(),
        Identifier.of(method.name().toLowerCase(Locale.ROOT)),
        Boolean.TRUE.equals(index.unique())
            ? IndexDefinition.Uniqueness.UNIQUE
            : IndexDefinition.Uniqueness.NOT_UNIQUE);
  }

  private static List<Grant> grants(StreamTableSpec spec) {
    return spec.grants().stream()
        .map(grant -> new Grant(Identifier.of(Objects.requireNonNull(grant.role()))))
        .toList();
  }

  private static Limits limits(@Nullable LimitsSpec limits) {
    Limits defaults = Limits.defaults();
    if (limits == null) {
      return defaults;
    }
    return new Limits(
        duration(limits.lockTimeout(), defaults.lockTimeout()),
        duration(limits.refreshTimeout(), defaults.refreshTimeout()),
        Optional.ofNullable(limits.workMem())
            .flatMap(size -> QuantityText.bytes(size.text()))
            .map(bytes -> bytes / BYTES_IN_KIBIBYTE));
  }

  private static Duration duration(@Nullable String text, Duration otherwise) {
    return text == null ? otherwise : DurationText.parse(text).orElseThrow();
  }

  private static StreamTableDefinition.Activity activity(
      StreamTable resource, StreamTableSpec spec) {
    Map<String, String> annotations = resource.getMetadata().getAnnotations();
    boolean braked = annotations != null && annotations.containsKey(Annotations.SUSPENDED);
    return braked || Boolean.TRUE.equals(spec.suspend())
        ? StreamTableDefinition.Activity.SUSPENDED
        : StreamTableDefinition.Activity.ACTIVE;
  }

  /** Outside Kubernetes nobody gives out uids: namespace and name are the identity. */
  private static Origin origin(StreamTable resource) {
    String namespace = EffectiveNames.namespace(resource);
    String name = Objects.requireNonNull(resource.getMetadata().getName());
    String uid = resource.getMetadata().getUid();
    return new Origin(namespace, name, uid == null ? "manifest:" + namespace + "/" + name : uid);
  }
}
