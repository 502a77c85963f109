package dev.pgtrickle.engine.sql;

import java.util.List;

/** A parsed scalar expression: PostgreSQL's words, with the references among them known. */
record Expression(List<Element> elements) {

  /** The canonical text of it. */
  String text() {
    StringBuilder text = new StringBuilder();
    elements.forEach(element -> text.append(element.spaced()));
    return text.toString().strip();
  }

  boolean hasAggregate() {
    return elements.stream().anyMatch(Element.AggregateReference.class::isInstance);
  }
}
