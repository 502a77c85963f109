package dev.pgtrickle.engine.sql.oracle;

import java.util.List;

/** The parts of the generator, which need each other, and what they share. */
record Grammar(Choices choices, Scopes scopes, Answers answers) {

  /** A query with columns c0, c1, ... of these types. */
  String query(List<GeneratedType> types, int depth) {
    return new QueryGenerator(this).query(types, depth);
  }

  List<GeneratedType> types(int count) {
    return new QueryGenerator(this).types(count);
  }

  String grouped(List<GeneratedType> types, int depth) {
    return new GroupGenerator(this).grouped(types, depth);
  }

  String aggregate(GeneratedType type) {
    return new GroupGenerator(this).aggregate(type);
  }

  String window() {
    return new WindowGenerator(this).window();
  }

  String from(int depth) {
    return new SourceGenerator(this).from(depth);
  }

  String source(int depth) {
    return new SourceGenerator(this).source(depth);
  }

  String condition(int depth) {
    return new ConditionGenerator(this).condition(depth);
  }

  String comparison() {
    return new ConditionGenerator(this).comparison();
  }

  String value(GeneratedType type, int depth) {
    return new ValueGenerator(this).value(type, depth);
  }

  String computed(GeneratedType type) {
    return new ValueGenerator(this).computed(type, 0);
  }

  String constant(GeneratedType type) {
    return new ValueGenerator(this).constant(type);
  }
}
