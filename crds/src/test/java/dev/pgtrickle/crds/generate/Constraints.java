package dev.pgtrickle.crds.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.crds.schema.ByteSize;
import dev.pgtrickle.crds.schema.CronRule;
import dev.pgtrickle.crds.schema.CronText;
import dev.pgtrickle.crds.schema.DurationBetween;
import dev.pgtrickle.crds.schema.DurationRule;
import dev.pgtrickle.crds.schema.Immutable;
import dev.pgtrickle.crds.schema.Items;
import dev.pgtrickle.crds.schema.Length;
import dev.pgtrickle.crds.schema.MapList;
import dev.pgtrickle.crds.schema.Matching;
import dev.pgtrickle.crds.schema.ObjectName;
import dev.pgtrickle.crds.schema.PostgresName;
import dev.pgtrickle.crds.schema.Range;
import dev.pgtrickle.crds.schema.Rule;
import dev.pgtrickle.crds.schema.SetList;
import dev.pgtrickle.crds.schema.TimeZoneRule;
import dev.pgtrickle.crds.schema.TimeZoneText;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;

/** Adds to a field's schema what its annotations demand. */
final class Constraints {
  private static final String OBJECT_NAME =
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  void add(ObjectNode schema, RecordComponent component) {
    lists(schema, component);
    numbers(schema, component);
    texts(content(schema), component);
    rules(content(schema), component);
    addRules(schema, component);
    Immutable immutable = component.getAnnotation(Immutable.class);
    if (immutable != null) {
      Rules.add(schema, "self == oldSelf", immutable.value(), "");
    }
  }

  void addRules(ObjectNode schema, AnnotatedElement element) {
    Rules.add(schema, element.getAnnotationsByType(Rule.class));
  }

  /** What holds for a text holds for each text of a list or a map. */
  private static ObjectNode content(ObjectNode schema) {
    if (schema.path("items") instanceof ObjectNode items) {
      return items;
    }
    return schema.path("additionalProperties") instanceof ObjectNode values ? values : schema;
  }

  private static void lists(ObjectNode schema, RecordComponent component) {
    String kind = schema.has("items") ? "Items" : "Properties";
    Items items = component.getAnnotation(Items.class);
    if (items != null) {
      schema.put("max" + kind, items.max());
      if (items.min() > 0) {
        schema.put("min" + kind, items.min());
      }
    }
    MapList map = component.getAnnotation(MapList.class);
    if (map != null) {
      schema.put("x-kubernetes-list-type", "map");
      for (String key : map.value()) {
        schema.withArrayProperty("x-kubernetes-list-map-keys").add(key);
      }
    } else if (component.isAnnotationPresent(SetList.class)) {
      schema.put("x-kubernetes-list-type", "set");
    } else if (schema.has("items")) {
      schema.put("x-kubernetes-list-type", "atomic");
    }
  }

  private static void numbers(ObjectNode schema, RecordComponent component) {
    Range range = component.getAnnotation(Range.class);
    if (range != null) {
      schema.put("minimum", range.min());
      if (range.max() != Long.MAX_VALUE) {
        schema.put("maximum", range.max());
      }
    }
  }

  private static void texts(ObjectNode schema, RecordComponent component) {
    Length length = component.getAnnotation(Length.class);
    if (length != null) {
      bounds(schema, length.min(), length.max());
    }
    Matching matching = component.getAnnotation(Matching.class);
    if (matching != null) {
      schema.put("pattern", matching.value());
    }
  }

  private static void rules(ObjectNode schema, RecordComponent component) {
    if (component.isAnnotationPresent(ObjectName.class)) {
      bounds(schema, 1, 253);
      Rules.add(
          schema,
          matches("self", OBJECT_NAME),
          "not the name of an object: use a-z, 0-9, - and ., beginning and ending with a letter or"
              + " digit",
          "");
    }
    if (component.isAnnotationPresent(PostgresName.class)) {
      bounds(schema, 1, 63);
      Rules.add(
          schema,
          "bytes(self).size() <= 63",
          "a PostgreSQL name has at most 63 bytes: choose a shorter name",
          "");
      Rules.add(
          schema,
          "!" + matches("self", "[\\x00-\\x1f\\x7f]"),
          "a PostgreSQL name must not contain control characters: remove them",
          "");
    }
    DurationBetween duration = component.getAnnotation(DurationBetween.class);
    if (duration != null) {
      duration(schema, duration);
    }
    if (component.isAnnotationPresent(CronText.class)) {
      cron(schema);
    }
    if (component.isAnnotationPresent(TimeZoneText.class)) {
      bounds(schema, 1, TimeZoneRule.LONGEST_TEXT);
      Rules.add(
          schema,
          matches("self", TimeZoneRule.PATTERN)
              + " && self != '"
              + TimeZoneRule.LOCAL
              + "' && timestamp('2026-01-01T00:00:00Z').getHours(self) >= 0",
          TimeZoneRule.MESSAGE,
          "");
    }
    ByteSize size = component.getAnnotation(ByteSize.class);
    if (size != null) {
      size(schema, size);
    }
  }

  private static void duration(ObjectNode schema, DurationBetween between) {
    bounds(schema, 1, 32);
    String wellFormed = matches("self", DurationRule.PATTERN);
    Rules.add(
        schema,
        wellFormed,
        "must be a duration like 500ms, 30s, 5m or 720h (units ms, s, m, h)",
        "");
    Rules.add(
        schema,
        "!%s || (duration(self) >= duration('%s') && duration(self) <= duration('%s'))"
            .formatted(wellFormed, between.least(), between.greatest()),
        "must be between " + between.least() + " and " + between.greatest(),
        "");
  }

  private static void cron(ObjectNode schema) {
    bounds(schema, 1, CronRule.LONGEST_TEXT);
    Rules.add(schema, "self.split(' ').size() == 5", CronRule.FIVE_FIELDS, "");
    for (int index = 0; index < CronRule.FIELDS.size(); index++) {
      CronRule.Field field = CronRule.FIELDS.get(index);
      Rules.add(
          schema,
          "self.split(' ').size() != 5 || "
              + matches("self.split(' ')[" + index + "]", field.pattern()),
          field.message(),
          "");
    }
  }

  private static void size(ObjectNode schema, ByteSize size) {
    schema.put("maxLength", 32);
    Rules.add(
        schema,
        "isQuantity(string(self))",
        "must be a size in bytes like 64Mi or 20Gi (not 64MB)",
        "");
    Rules.add(
        schema,
        ("!isQuantity(string(self)) || (quantity(string(self)).compareTo(quantity('%s')) >= 0"
                + " && quantity(string(self)).compareTo(quantity('%s')) <= 0)")
            .formatted(size.least(), size.greatest()),
        "must be between " + size.least() + " and " + size.greatest(),
        "");
  }

  private static void bounds(ObjectNode schema, int least, int greatest) {
    if (least > 0) {
      schema.put("minLength", least);
    }
    schema.put("maxLength", greatest);
  }

  private static String matches(String subject, String pattern) {
    return subject + ".matches('" + pattern.replace("\\", "\\\\") + "')";
  }
}
