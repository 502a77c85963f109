package dev.pgtrickle.crds.generate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.crds.ApiGroup;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.PrinterColumn;
import dev.pgtrickle.crds.schema.Selectable;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.ShortNames;

/** The custom resource definition of a kind. */
final class DefinitionGenerator {
  private static final String CATEGORY = "pgtrickle";

  private final SchemaGenerator schemas = new SchemaGenerator();

  /** The definition; spec and status are the classes that the kind is made of. */
  ObjectNode definition(CustomResource<?, ?> kind, Class<?> spec, Class<?> status) {
    ObjectNode definition = JsonNodeFactory.instance.objectNode();
    definition.put("apiVersion", "apiextensions.k8s.io/v1");
    definition.put("kind", "CustomResourceDefinition");
    definition.putObject("metadata").put("name", kind.getPlural() + "." + ApiGroup.NAME);
    ObjectNode body = definition.putObject("spec");
    body.put("group", ApiGroup.NAME);
    body.put("scope", "Namespaced");
    names(body.putObject("names"), kind);
    ObjectNode version = body.putArray("versions").addObject();
    version.put("name", ApiGroup.VERSION).put("served", true).put("storage", true);
    version.putObject("subresources").putObject("status");
    columns(version, kind.getClass());
    selectable(version, kind.getClass());
    version.putObject("schema").set("openAPIV3Schema", root(kind.getClass(), spec, status));
    return definition;
  }

  private static void names(ObjectNode names, CustomResource<?, ?> kind) {
    names.put("kind", kind.getKind());
    names.put("listKind", kind.getKind() + "List");
    names.put("plural", kind.getPlural());
    names.put("singular", kind.getSingular());
    for (String word : kind.getClass().getAnnotation(ShortNames.class).value()) {
      names.withArrayProperty("shortNames").add(word);
    }
    names.putArray("categories").add(CATEGORY);
  }

  private static void columns(ObjectNode version, Class<?> kind) {
    for (PrinterColumn column : kind.getAnnotationsByType(PrinterColumn.class)) {
      ObjectNode entry = version.withArrayProperty("additionalPrinterColumns").addObject();
      entry.put("name", column.name());
      entry.put("type", column.type());
      entry.put("jsonPath", column.path());
      if (column.priority() != PrinterColumn.ALWAYS) {
        entry.put("priority", column.priority());
      }
    }
  }

  private static void selectable(ObjectNode version, Class<?> kind) {
    Selectable selectable = kind.getAnnotation(Selectable.class);
    if (selectable != null) {
      for (String path : selectable.value()) {
        version.withArrayProperty("selectableFields").addObject().put("jsonPath", path);
      }
    }
  }

  private ObjectNode root(Class<?> kind, Class<?> spec, Class<?> status) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("description", kind.getAnnotation(Description.class).value());
    root.put("type", "object");
    ObjectNode properties = root.putObject("properties");
    text(properties.putObject("apiVersion"), "Group and version: " + ApiGroup.API_VERSION + ".");
    text(properties.putObject("kind"), "The kind: " + kind.getSimpleName() + ".");
    // The server refuses anything else here, and describes it by itself.
    properties.putObject("metadata").put("type", "object");
    properties.set("spec", part("What is wanted.", spec));
    properties.set("status", part("What is so, as the operator last saw it.", status));
    root.putArray("required").add("spec");
    new Constraints().addRules(root, kind);
    return root;
  }

  private static void text(ObjectNode schema, String description) {
    schema.put("description", description).put("type", "string");
  }

  private ObjectNode part(String description, Class<?> type) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("description", description);
    var value = type.getAnnotation(dev.pgtrickle.crds.schema.DefaultValue.class);
    if (value != null) {
      schema.set("default", Json.parse(value.value()));
    }
    schema.setAll(schemas.object(type));
    return schema;
  }
}
