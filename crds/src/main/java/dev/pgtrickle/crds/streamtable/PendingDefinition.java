package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.Description;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change that waits for approval. */
@Atomic
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PendingDefinition(
    @Description(
            "Write this into the annotation pgtrickle.dev/approve or into spec.approvedDefinition.")
        @Nullable String hash,
    @Description("What would change.") @Nullable String summary,
    @Description("Stream tables and views that read this one.") List<String> dependants) {

  public PendingDefinition {
    dependants = dependants == null ? List.of() : List.copyOf(dependants);
  }
}
