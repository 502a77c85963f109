package dev.pgtrickle.testbed.tpch;

import java.util.List;

/** The words that the questions ask for. */
final class TpchWords {
  static final List<String> REGIONS = List.of("AFRICA", "AMERICA", "ASIA", "EUROPE", "MIDDLE EAST");
  static final List<String> NATIONS =
      List.of(
          "ALGERIA",
          "ARGENTINA",
          "BRAZIL",
          "CANADA",
          "EGYPT",
          "ETHIOPIA",
          "FRANCE",
          "GERMANY",
          "INDIA",
          "INDONESIA",
          "IRAN",
          "IRAQ",
          "JAPAN",
          "JORDAN",
          "KENYA",
          "MOROCCO",
          "MOZAMBIQUE",
          "PERU",
          "CHINA",
          "ROMANIA",
          "SAUDI ARABIA",
          "VIETNAM",
          "RUSSIA",
          "UNITED KINGDOM",
          "UNITED STATES");

  /** The region of each nation, in their order. */
  static final String REGION_OF_NATION =
      "(ARRAY[0,1,1,1,4,0,3,3,2,2,4,4,2,4,0,0,0,1,2,3,4,2,3,3,1])";

  /** Nations that questions name. */
  static final List<String> NAMED_NATIONS =
      List.of(
          "GERMANY",
          "FRANCE",
          "CANADA",
          "BRAZIL",
          "CHINA",
          "SAUDI ARABIA",
          "INDIA",
          "JAPAN",
          "KENYA");

  static final List<String> SEGMENTS =
      List.of("AUTOMOBILE", "BUILDING", "FURNITURE", "MACHINERY", "HOUSEHOLD");
  static final List<String> PRIORITIES =
      List.of("1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECIFIED", "5-LOW");
  static final List<String> INSTRUCTIONS =
      List.of("DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN");
  static final List<String> MODES =
      List.of("AIR REG", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB");
  static final List<String> COLOURS =
      List.of(
          "almond",
          "azure",
          "beige",
          "black",
          "blue",
          "brown",
          "coral",
          "cream",
          "cyan",
          "dark",
          "firebrick",
          "forest",
          "ghost",
          "gold",
          "green",
          "grey",
          "honeydew",
          "indian",
          "ivory",
          "khaki",
          "lemon",
          "linen",
          "magenta",
          "navy",
          "olive",
          "peru",
          "pink",
          "plum",
          "rose",
          "sky",
          "tan",
          "white");
  static final List<String> FINISHES =
      List.of("STANDARD", "SMALL", "MEDIUM", "LARGE", "ECONOMY", "PROMO");
  static final List<String> COATINGS =
      List.of("ANODIZED", "BURNISHED", "PLATED", "POLISHED", "BRUSHED");
  static final List<String> METALS = List.of("TIN", "NICKEL", "BRASS", "STEEL", "COPPER");
  static final List<String> CONTAINER_SIZES = List.of("SM", "LG", "MED", "JUMBO", "WRAP");
  static final List<String> CONTAINERS =
      List.of("CASE", "BOX", "BAG", "JAR", "PKG", "PACK", "CAN", "DRUM");

  private TpchWords() {}
}
