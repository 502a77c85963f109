package dev.pgtrickle.engine.postgres;

/** A relation, function or type with its schema; never resolved through a search path. */
public record QualifiedName(Identifier schema, Identifier name)
    implements Comparable<QualifiedName> {

  public static QualifiedName of(String schema, String name) {
    return new QualifiedName(Identifier.of(schema), Identifier.of(name));
  }

  /** {@code "schema"."name"}. */
  public String quoted() {
    return schema.quoted() + "." + name.quoted();
  }

  @Override
  public int compareTo(QualifiedName other) {
    int bySchema = schema.compareTo(other.schema);
    return bySchema != 0 ? bySchema : name.compareTo(other.name);
  }

  /** {@code schema.name}, for people. */
  @Override
  public String toString() {
    return schema + "." + name;
  }
}
