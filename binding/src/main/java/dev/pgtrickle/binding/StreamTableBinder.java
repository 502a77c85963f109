package dev.pgtrickle.binding;

import dev.pgtrickle.binding.problem.Problem;
import dev.pgtrickle.binding.validation.StreamTableValidator;
import dev.pgtrickle.binding.value.EffectiveNames;
import dev.pgtrickle.crds.streamtable.NamedReference;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import java.util.List;
import java.util.Objects;

/** From a resource to the engine's definition, or to everything that is wrong with it. */
public final class StreamTableBinder {
  private final StreamTableValidator validator = new StreamTableValidator();
  private final DefinitionFactory definitions = new DefinitionFactory();

  /** What became of a resource. */
  public sealed interface Outcome {

    /** It can be given to the engine. */
    record Accepted(BoundStreamTable table) implements Outcome {}

    /** It cannot; all problems that could be found without a database. */
    record Refused(List<Problem> problems) implements Outcome {}
  }

  public Outcome bind(StreamTable resource) {
    List<Problem> problems = validator.validate(resource);
    return problems.isEmpty()
        ? new Outcome.Accepted(accepted(resource))
        : new Outcome.Refused(problems);
  }

  private BoundStreamTable accepted(StreamTable resource) {
    StreamTableSpec spec = Objects.requireNonNull(resource.getSpec());
    return new BoundStreamTable(
        server(resource, spec),
        Objects.requireNonNull(spec.database()),
        definitions.create(resource, spec));
  }

  private static ServerReference server(StreamTable resource, StreamTableSpec spec) {
    String namespace = EffectiveNames.namespace(resource);
    NamedReference cluster = spec.cluster();
    if (cluster != null) {
      return new ServerReference.Cluster(namespace, Objects.requireNonNull(cluster.name()));
    }
    NamedReference secret =
        Objects.requireNonNull(Objects.requireNonNull(spec.connection()).secretRef());
    return new ServerReference.Secret(namespace, Objects.requireNonNull(secret.name()));
  }
}
