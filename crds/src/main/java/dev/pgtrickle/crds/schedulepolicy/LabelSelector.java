package dev.pgtrickle.crds.schedulepolicy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Items;
import dev.pgtrickle.crds.schema.Length;
import dev.pgtrickle.crds.schema.Rule;
import java.util.List;
import java.util.Map;

/** Which StreamTables of the namespace a policy is for. */
@Rule(
    value =
        "(has(self.matchLabels) && self.matchLabels.size() > 0) || "
            + "(has(self.matchExpressions) && self.matchExpressions.size() > 0)",
    message =
        "an empty selector would match everything: name labels, or write default: true instead")
@Atomic
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LabelSelector(
    @Items(max = 16)
        @Length(max = 63)
        @Description("Labels that a StreamTable has to have, all of them.")
        Map<String, String> matchLabels,
    @Items(max = 16) @Description("Conditions on labels, all of which have to hold.")
        List<LabelRequirement> matchExpressions) {

  public LabelSelector {
    matchLabels = matchLabels == null ? Map.of() : Map.copyOf(matchLabels);
    matchExpressions = matchExpressions == null ? List.of() : List.copyOf(matchExpressions);
  }
}
