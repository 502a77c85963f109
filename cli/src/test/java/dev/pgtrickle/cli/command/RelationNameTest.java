package dev.pgtrickle.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.postgres.QualifiedName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class RelationNameTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "orders, public, orders",
        "shop.orders, shop, orders",
        "Shop.Orders, Shop, Orders",
        "order-totals, public, order-totals",
        "'\"a.b\".\"c\"\"d\"', a.b, 'c\"d'",
        "'shop.\"Größe x\"', shop, 'Größe x'"
      })
  void namesAreTakenAsTheyAre(String text, String schema, String name) {
    assertThat(new RelationName().convert(text)).isEqualTo(QualifiedName.of(schema, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b.c", ".a", "a.", "\"a", "a\"b"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> new RelationName().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 100})
  void aNameThatPostgresqlWouldCutOffIsRefused(int length) {
    String name = "x".repeat(length);
    assertThatThrownBy(() -> new RelationName().convert(name))
        .isInstanceOf(TypeConversionException.class);
  }
}
