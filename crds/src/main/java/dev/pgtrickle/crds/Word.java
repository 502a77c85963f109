package dev.pgtrickle.crds;

import java.util.Locale;

/** How the API writes constants: {@code REFRESH_FAILING} is {@code RefreshFailing}. */
public final class Word {
  private Word() {}

  public static String of(String constantName) {
    StringBuilder word = new StringBuilder();
    for (String part : constantName.split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }
}
