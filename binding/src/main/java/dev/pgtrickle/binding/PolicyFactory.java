package dev.pgtrickle.binding;

import dev.pgtrickle.crds.Annotations;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import dev.pgtrickle.engine.definition.AdoptionPolicy;
import dev.pgtrickle.engine.definition.DriftPolicy;
import dev.pgtrickle.engine.definition.Policies;
import dev.pgtrickle.engine.definition.QueryChangePolicy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** How a table's life is led: the policies of a resource in the engine's words. */
final class PolicyFactory {
  private PolicyFactory() {}

  static Policies policies(StreamTable resource, StreamTableSpec spec) {
    return new Policies(adoption(spec), queryChange(spec), approvals(resource, spec), drift(spec));
  }

  private static AdoptionPolicy adoption(StreamTableSpec spec) {
    return switch (spec.adoptionPolicy()) {
      case null -> AdoptionPolicy.NEVER;
      case NEVER -> AdoptionPolicy.NEVER;
      case IF_ORPHANED -> AdoptionPolicy.IF_ORPHANED;
      case RENAME_EXISTING -> AdoptionPolicy.RENAME_EXISTING;
    };
  }

  private static QueryChangePolicy queryChange(StreamTableSpec spec) {
    return switch (spec.onQueryChange()) {
      case null -> QueryChangePolicy.APPLY;
      case APPLY -> QueryChangePolicy.APPLY;
      case AWAIT_APPROVAL -> QueryChangePolicy.AWAIT_APPROVAL;
      case REJECT -> QueryChangePolicy.REJECT;
    };
  }

  private static DriftPolicy drift(StreamTableSpec spec) {
    return switch (spec.driftPolicy()) {
      case null -> DriftPolicy.REPAIR;
      case REPAIR -> DriftPolicy.REPAIR;
      case REPORT -> DriftPolicy.REPORT;
    };
  }

  /** By Git in the spec, or by hand as an annotation. */
  private static List<String> approvals(StreamTable resource, StreamTableSpec spec) {
    Map<String, String> annotations =
        Objects.requireNonNullElse(resource.getMetadata().getAnnotations(), Map.of());
    return Stream.of(spec.approvedDefinition(), annotations.get(Annotations.APPROVE))
        .filter(hash -> hash != null && !hash.isBlank())
        .map(String::strip)
        .distinct()
        .toList();
  }
}
