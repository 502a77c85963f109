package dev.pgtrickle.testbed.certificates;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** The distinguished encoding rules (DER) of ASN.1, as far as certificates need them. */
final class Der {
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int CONTEXT = 0x80;
  private static final int CONTEXT_CONSTRUCTED = 0xa0;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, parts);
  }

  static byte[] set(byte[]... parts) {
    return value(SET, parts);
  }

  static byte[] yes() {
    return value(BOOLEAN, new byte[] {(byte) 0xff});
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  static byte[] octets(byte[] content) {
    return value(OCTET_STRING, content);
  }

  /** Whole octets. */
  static byte[] bits(byte[] content) {
    return value(BIT_STRING, new byte[] {0}, content);
  }

  /** Up to eight named bits, the first one is the highest; trailing zeros are not encoded. */
  static byte[] flags(int bits) {
    return value(
        BIT_STRING,
        new byte[] {(byte) Integer.numberOfTrailingZeros(bits)},
        new byte[] {(byte) bits});
  }

  static byte[] text(String content) {
    return value(UTF8_STRING, content.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] time(Instant instant) {
    return value(UTC_TIME, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  /** Content under a number that its surroundings give a meaning, instead of its own type. */
  static byte[] tagged(int number, byte[] content) {
    return value(CONTEXT | number, content);
  }

  /** A whole value, its type included, under such a number. */
  static byte[] taggedValue(int number, byte[] encoded) {
    return value(CONTEXT_CONSTRUCTED | number, encoded);
  }

  static byte[] identifier(String dotted) {
    long[] arcs = Arrays.stream(dotted.split("\\.", -1)).mapToLong(Long::parseLong).toArray();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    writeArc(arcs[0] * 40 + arcs[1], content);
    for (int i = 2; i < arcs.length; i++) {
      writeArc(arcs[i], content);
    }
    return value(OBJECT_IDENTIFIER, content.toByteArray());
  }

  private static void writeArc(long arc, ByteArrayOutputStream content) {
    int groups = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(arc) + 6) / 7);
    for (int group = groups - 1; group >= 0; group--) {
      int low = (int) (arc >> (7 * group)) & 0x7f;
      content.write(group == 0 ? low : low | 0x80);
    }
  }

  private static byte[] value(int type, byte[]... parts) {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    encoded.write(type);
    writeLength(Arrays.stream(parts).mapToInt(part -> part.length).sum(), encoded);
    for (byte[] part : parts) {
      encoded.writeBytes(part);
    }
    return encoded.toByteArray();
  }

  private static void writeLength(int length, ByteArrayOutputStream encoded) {
    if (length < 0x80) {
      encoded.write(length);
    } else {
      byte[] bytes = BigInteger.valueOf(length).toByteArray();
      int from = bytes[0] == 0 ? 1 : 0;
      encoded.write(0x80 | (bytes.length - from));
      encoded.write(bytes, from, bytes.length - from);
    }
  }
}
