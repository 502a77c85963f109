package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.Description;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the query is maintained. */
@Atomic
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlanStatus(
    @Description("Differential, Full or Immediate: how the next refresh works.")
        @Nullable String mode,
    @Description("Why that mode.") @Nullable String reason,
    @JsonProperty("class")
        @Description(
            "The dearest way of maintenance in the plan: linear, "
                + "algebraic, node-recompute and so on, or full.")
        @Nullable String planClass,
    @Description("Operators of the plan, each with its class.") List<String> operators,
    @Description("Base tables that the query reads.") List<String> sources,
    @Description("Stream tables that the query reads.") List<String> dependsOn,
    @Description("Hash of the canonical query.") @Nullable String queryHash) {

  public PlanStatus {
    operators = operators == null ? List.of() : List.copyOf(operators);
    sources = sources == null ? List.of() : List.copyOf(sources);
    dependsOn = dependsOn == null ? List.of() : List.copyOf(dependsOn);
  }
}
