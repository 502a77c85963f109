package dev.pgtrickle.binding.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgtrickle.binding.BoundStreamTable;
import dev.pgtrickle.binding.StreamTableBinder;
import dev.pgtrickle.binding.connection.ConnectionSecret;
import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.binding.problem.LocatedProblem;
import dev.pgtrickle.binding.problem.Place;
import dev.pgtrickle.binding.problem.Problem;
import dev.pgtrickle.crds.ApiGroup;
import dev.pgtrickle.crds.ResourceMapper;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableManifest;
import dev.pgtrickle.engine.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Sorts documents by what they are and gathers what they say. */
final class ManifestCollector {
  private static final FieldPath API_VERSION = FieldPath.of("apiVersion");
  private static final FieldPath KIND = FieldPath.of("kind");
  private static final Set<String> LATER_KINDS = Set.of("SchedulePolicy", "Snapshot", "Restore");

  private final TypedReader reader = new TypedReader(ResourceMapper.create());
  private final StreamTableBinder binder = new StreamTableBinder();
  private final Uniqueness uniqueness = new Uniqueness();
  private final List<Manifests.Declared> tables = new ArrayList<>();
  private final List<ConnectionSecret> secrets = new ArrayList<>();
  private final List<LocatedProblem> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  void add(YamlDocument document) {
    JsonNode root = document.root();
    String apiVersion = root.path("apiVersion").asText("");
    String kind = root.path("kind").asText("");
    if (!root.isObject()) {
      invalid(document, FieldPath.ROOT, "the document is no mapping", "begin with apiVersion");
    } else if (apiVersion.isEmpty() || kind.isEmpty()) {
      FieldPath missing = apiVersion.isEmpty() ? API_VERSION : KIND;
      invalid(
          document,
          missing,
          missing + " is missing",
          "write apiVersion: " + ApiGroup.API_VERSION + " and kind: " + StreamTable.KIND);
    } else if (apiVersion.startsWith(ApiGroup.NAME + "/")) {
      addOurs(document, apiVersion, kind);
    } else if (apiVersion.equals("v1") && kind.equals("Secret")) {
      addSecret(document);
    } else {
      notes.add(
          document.placeOf(FieldPath.ROOT)
              + ": "
              + kind
              + " of "
              + apiVersion
              + " is not ours and was left aside");
    }
  }

  void report(LocatedProblem problem) {
    problems.add(problem);
  }

  Manifests manifests() {
    return new Manifests(tables, secrets, problems, notes);
  }

  private void addOurs(YamlDocument document, String apiVersion, String kind) {
    if (!apiVersion.equals(ApiGroup.API_VERSION)) {
      unsupported(document, API_VERSION, "version " + apiVersion, "write " + ApiGroup.API_VERSION);
    } else if (LATER_KINDS.contains(kind)) {
      unsupported(document, KIND, "kind " + kind, "remove this document");
    } else if (!kind.equals(StreamTable.KIND)) {
      invalid(document, KIND, "unknown kind " + kind, "write kind: " + StreamTable.KIND);
    } else {
      addStreamTable(document);
    }
  }

  private void addStreamTable(YamlDocument document) {
    TypedReader.Bound<StreamTableManifest> bound =
        reader.read(document.root(), StreamTableManifest.class);
    List<Problem> misfits = bound.problems();
    List<Problem> found = new ArrayList<>(misfits);
    if (bound.value().isPresent()) {
      switch (binder.bind(bound.value().get().toResource())) {
        case StreamTableBinder.Outcome.Accepted(BoundStreamTable table) -> {
          if (misfits.isEmpty()) {
            Place place = document.placeOf(FieldPath.of("metadata", "name"));
            found.addAll(uniqueness.claim(table, place));
            tables.add(new Manifests.Declared(place, table));
          }
        }
        case StreamTableBinder.Outcome.Refused(List<Problem> refusals) ->
            refusals.stream().filter(problem -> isNews(problem, misfits)).forEach(found::add);
      }
    }
    found.stream().map(document::locate).forEach(problems::add);
  }

  /** A rule that misses what had to be cut out is only an echo. */
  private static boolean isNews(Problem problem, List<Problem> misfits) {
    return misfits.stream().noneMatch(misfit -> misfit.path().overlaps(problem.path()));
  }

  private void addSecret(YamlDocument document) {
    List<Problem> found = new ArrayList<>();
    secrets.add(ConnectionSecret.read(document.root(), found));
    found.stream().map(document::locate).forEach(problems::add);
  }

  private void invalid(YamlDocument document, FieldPath path, String what, String remedy) {
    report(document.locate(new Problem(ErrorCode.INVALID_MANIFEST, path, what, remedy)));
  }

  private void unsupported(YamlDocument document, FieldPath path, String subject, String remedy) {
    report(
        document.locate(
            new Problem(ErrorCode.UNSUPPORTED, path, subject + " is not supported yet", remedy)));
  }
}
