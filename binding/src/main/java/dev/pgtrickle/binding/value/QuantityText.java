package dev.pgtrickle.binding.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The only parser of sizes: Kubernetes quantities such as {@code 64Mi}, {@code 20Gi}, {@code 1e9}
 * or {@code 1048576}. {@code 64MB} is none.
 */
public final class QuantityText {
  private static final int LONGEST_TEXT = 32;
  private static final Pattern QUANTITY =
      Pattern.compile(
          "([+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+))"
              + "(?:[eE]([+-]?[0-9]{1,3})|(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E))?");
  private static final Map<String, Integer> BINARY =
      Map.of("Ki", 10, "Mi", 20, "Gi", 30, "Ti", 40, "Pi", 50, "Ei", 60);
  private static final Map<String, Integer> DECIMAL =
      Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private QuantityText() {}

  /** Whole bytes, rounded up as Kubernetes does; empty when the text is no quantity. */
  public static Optional<Long> bytes(String text) {
    return exactly(text)
        .map(exact -> exact.setScale(0, RoundingMode.UP))
        .map(whole -> whole.abs().min(LARGEST).longValue() * whole.signum());
  }

  /** The exact number, which may have a fraction; empty when the text is no quantity. */
  public static Optional<BigDecimal> exactly(String text) {
    if (text.length() > LONGEST_TEXT) {
      return Optional.empty();
    }
    Matcher matcher = QUANTITY.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new BigDecimal(matcher.group(1)).multiply(factor(matcher.group(2), matcher.group(3))));
  }

  private static BigDecimal factor(String exponent, String suffix) {
    if (exponent != null) {
      return BigDecimal.ONE.scaleByPowerOfTen(Integer.parseInt(exponent));
    }
    if (suffix == null) {
      return BigDecimal.ONE;
    }
    Integer binary = BINARY.get(suffix);
    return binary == null
        ? BigDecimal.ONE.scaleByPowerOfTen(DECIMAL.getOrDefault(suffix, 0))
        : BigDecimal.TWO.pow(binary);
  }
}
