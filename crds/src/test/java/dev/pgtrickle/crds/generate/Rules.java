package dev.pgtrickle.crds.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.crds.schema.Rule;

/** Appends CEL rules to a schema. */
final class Rules {
  private Rules() {}

  static void add(ObjectNode schema, String rule, String message, String field) {
    ObjectNode entry = schema.withArrayProperty("x-kubernetes-validations").addObject();
    entry.put("rule", rule);
    entry.put("message", message);
    if (!field.isEmpty()) {
      entry.put("fieldPath", field);
    }
  }

  static void add(ObjectNode schema, Rule[] rules) {
    for (Rule rule : rules) {
      add(schema, rule.value(), rule.message(), rule.field());
    }
  }
}
