package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Turns bound elements into a scalar: neighbouring words become one text. */
final class ScalarWriter {
  private final List<Scalar.Piece> pieces = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final Function<BoundElement, ColumnId> references;

  private ScalarWriter(Function<BoundElement, ColumnId> references) {
    this.references = references;
  }

  /**
   * @param references the column of every element that is not a word
   */
  static Scalar write(List<BoundElement> elements, Function<BoundElement, ColumnId> references) {
    ScalarWriter writer = new ScalarWriter(references);
    elements.forEach(writer::add);
    writer.flush();
    return new Scalar(List.copyOf(writer.pieces));
  }

  private void add(BoundElement element) {
    switch (element) {
      case BoundElement.Word word -> append(word.token().lead()).append(word.token().text());
      case BoundElement.Column column -> reference(column.lead(), element);
      case BoundElement.Key key -> reference(key.lead(), element);
      case BoundElement.Call call -> reference(call.lead(), element);
    }
  }

  private void reference(String lead, BoundElement element) {
    append(lead);
    flush();
    pieces.add(new Scalar.Reference(references.apply(element)));
  }

  /** The first word of an expression has nothing before it to be parted from. */
  private StringBuilder append(String lead) {
    return pieces.isEmpty() && text.isEmpty() ? text : text.append(lead);
  }

  private void flush() {
    if (!text.isEmpty()) {
      pieces.add(new Scalar.Text(text.toString()));
      text.setLength(0);
    }
  }
}
