package dev.pgtrickle.engine.lifecycle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.OperatorClass;
import dev.pgtrickle.engine.plan.PlanClass;
import dev.pgtrickle.engine.plan.Upkeep;
import java.util.Comparator;
import java.util.stream.Collectors;

/** What the registry and status say of a plan: mode, class, reason, operators, sources, shape. */
final class PlanSummary {
  private final ObjectMapper json = new ObjectMapper();

  String write(StreamTableDefinition definition, MaintenancePlan plan) {
    ObjectNode node = json.createObjectNode();
    boolean asked = definition.mode() == RefreshMode.FULL;
    node.put("mode", asked || plan.isFullOnly() ? "Full" : "Differential");
    node.put("class", plan.isFullOnly() ? PlanClass.FULL.word() : worst(plan).word());
    node.put("reason", reason(plan, asked ? "refresh.mode is Full" : ""));
    node.put("still", !(plan.upkeep() instanceof Upkeep.Full full) || full.isStill());
    ArrayNode operators = node.putArray("operators");
    for (OperatorClass operator : plan.operators()) {
      ObjectNode entry = operators.addObject();
      entry.put("operator", operator.operator());
      entry.put("class", operator.planClass().word());
      entry.put("reason", operator.reason());
    }
    ArrayNode sources = node.putArray("sources");
    plan.sources().forEach(source -> sources.add(source.known().toString()));
    node.put("canonicalQuery", plan.canonicalQuery());
    return node.toString();
  }

  private static String reason(MaintenancePlan plan, String asked) {
    return switch (plan.upkeep()) {
      case Upkeep.Differential _ -> asked.isEmpty() ? reasons(plan) : asked;
      case Upkeep.Full full -> full.summary();
    };
  }

  private static PlanClass worst(MaintenancePlan plan) {
    return plan.operators().stream()
        .map(OperatorClass::planClass)
        .max(Comparator.naturalOrder())
        .orElse(PlanClass.LINEAR);
  }

  private static String reasons(MaintenancePlan plan) {
    PlanClass worst = worst(plan);
    return plan.operators().stream()
        .filter(operator -> operator.planClass() == worst)
        .map(OperatorClass::reason)
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
