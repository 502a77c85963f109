package dev.pgtrickle.crds.generate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.crds.Timestamp;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.DefaultValue;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Immutable;
import dev.pgtrickle.crds.schema.Required;
import dev.pgtrickle.crds.streamtable.IntOrString;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** The OpenAPI schema of a record and of all that it holds. */
final class SchemaGenerator {
  private final Constraints constraints = new Constraints();

  ObjectNode object(Class<?> type) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (RecordComponent component : type.getRecordComponents()) {
      properties.set(nameOf(component), field(component));
      if (component.isAnnotationPresent(Required.class)) {
        required.add(nameOf(component));
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    if (type.isAnnotationPresent(Atomic.class)) {
      schema.put("x-kubernetes-map-type", "atomic");
    }
    constraints.addRules(schema, type);
    for (RecordComponent component : type.getRecordComponents()) {
      addParity(schema, component);
    }
    return schema;
  }

  /** A rule on an optional field does not run when the field comes or goes: its parent looks. */
  private void addParity(ObjectNode schema, RecordComponent component) {
    Immutable immutable = component.getAnnotation(Immutable.class);
    if (immutable != null && !component.isAnnotationPresent(Required.class)) {
      String name = nameOf(component);
      Rules.add(
          schema,
          "has(self.%1$s) == has(oldSelf.%1$s)".formatted(name),
          immutable.value(),
          "." + name);
    }
  }

  private ObjectNode field(RecordComponent component) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("description", description(component));
    DefaultValue value = component.getAnnotation(DefaultValue.class);
    if (value == null) {
      value = component.getType().getAnnotation(DefaultValue.class);
    }
    if (value != null) {
      schema.set("default", Json.parse(value.value()));
    }
    schema.setAll(type(component.getGenericType()));
    constraints.add(schema, component);
    return schema;
  }

  private ObjectNode type(Type type) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    return switch (type) {
      case ParameterizedType list when list.getRawType() == List.class -> {
        schema.put("type", "array");
        schema.set("items", type(list.getActualTypeArguments()[0]));
        yield schema;
      }
      case ParameterizedType map when map.getRawType() == Map.class -> {
        schema.put("type", "object");
        schema.set("additionalProperties", type(map.getActualTypeArguments()[1]));
        yield schema;
      }
      case Class<?> plain when plain == String.class -> schema.put("type", "string");
      case Class<?> plain when plain == Boolean.class -> schema.put("type", "boolean");
      case Class<?> plain when plain == Integer.class ->
          schema.put("type", "integer").put("format", "int32");
      case Class<?> plain when plain == Long.class ->
          schema.put("type", "integer").put("format", "int64");
      case Class<?> plain when plain == Timestamp.class ->
          schema.put("type", "string").put("format", "date-time");
      case Class<?> plain when plain == IntOrString.class -> {
        schema.putArray("anyOf").add(ofType("integer")).add(ofType("string"));
        yield schema.put("x-kubernetes-int-or-string", true);
      }
      case Class<?> plain when plain.isEnum() -> words(schema.put("type", "string"), plain);
      case Class<?> plain when plain.isRecord() -> object(plain);
      default -> throw new IllegalStateException("no schema for " + type);
    };
  }

  private static ObjectNode ofType(String word) {
    return JsonNodeFactory.instance.objectNode().put("type", word);
  }

  private static ObjectNode words(ObjectNode schema, Class<?> type) {
    ArrayNode words = schema.putArray("enum");
    for (var constant : type.getFields()) {
      if (constant.isEnumConstant()) {
        words.add(constant.getAnnotation(JsonProperty.class).value());
      }
    }
    return schema;
  }

  private static String description(RecordComponent component) {
    Description description = component.getAnnotation(Description.class);
    if (description == null) {
      throw new IllegalStateException("no @Description on " + component);
    }
    return description.value();
  }

  /** JsonProperty does not reach the component itself, but its accessor. */
  private static String nameOf(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property == null ? component.getName() : property.value();
  }
}
