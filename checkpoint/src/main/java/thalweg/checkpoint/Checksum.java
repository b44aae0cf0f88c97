package thalweg.checkpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 of a whole file, in which its own digits count as zeros. */
final class Checksum {
  static final String KEY = "thalweg.checksum";
  private static final String NAME = "sha256:";
  private static final int DIGITS = 64;
  static final String BLANK = NAME + "0".repeat(DIGITS);

  /** A quote inside a JSON string is escaped, so this cannot stand inside of one. */
  private static final byte[] MARK =
      ("\"" + KEY + "\":\"" + NAME).getBytes(StandardCharsets.US_ASCII);

  private final MessageDigest digest;

  Checksum() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  void add(byte[] bytes, int count) {
    digest.update(bytes, 0, count);
  }

  /** The digits of everything added; ends the sum. */
  byte[] digits() {
    return HexFormat.of().formatHex(digest.digest()).getBytes(StandardCharsets.US_ASCII);
  }

  /** Where the digits stand in a header; -1 if nowhere. */
  static int place(byte[] header) {
    for (int i = 0; i + MARK.length + DIGITS <= header.length; i++) {
      if (Arrays.equals(header, i, i + MARK.length, MARK, 0, MARK.length)) {
        return i + MARK.length;
      }
    }
    return -1;
  }

  /** Takes the digits out of a header and leaves zeros. */
  static byte[] blank(byte[] header, int place) {
    byte[] digits = Arrays.copyOfRange(header, place, place + DIGITS);
    Arrays.fill(header, place, place + DIGITS, (byte) '0');
    return digits;
  }
}
