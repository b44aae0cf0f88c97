package thalweg.lab.data.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a file of the wrong kind looks like, for messages. */
public final class FileKind {
  private static final int LOOKED_AT = 512;

  private FileKind() {}

  /** As {@code a PNG image}; from the first bytes only. */
  public static String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in.readNBytes(LOOKED_AT));
    }
  }

  /** Whether its first bytes are such as a text has. */
  public static boolean isText(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return !binary(in.readNBytes(LOOKED_AT));
    }
  }

  static String of(byte[] start) {
    if (start.length == 0) {
      return "empty";
    }
    if (starts(start, 0x1F, 0x8B)) {
      return "a gzip file";
    }
    if (starts(start, 'P', 'K', 3, 4)) {
      return "a zip archive";
    }
    if (starts(start, 0x89, 'P', 'N', 'G')) {
      return "a PNG image";
    }
    if (starts(start, 0xFF, 0xD8, 0xFF)) {
      return "a JPEG image";
    }
    if (starts(start, '%', 'P', 'D', 'F')) {
      return "a PDF document";
    }
    if (starts(start, 0, 0, 8, 1)) {
      return "an IDX file of labels";
    }
    if (starts(start, 0, 0, 8, 3)) {
      return "an IDX file of images";
    }
    if (starts(start, 0x80) && start.length > 1 && start[1] <= 5) {
      return "a Python pickle";
    }
    if (binary(start)) {
      return "binary data";
    }
    String text = new String(start, StandardCharsets.UTF_8).stripLeading();
    if (text.startsWith("<")) {
      return "an HTML or XML page";
    }
    String line = text.lines().findFirst().orElse("");
    return line.contains(",") || line.contains(";") ? "text, perhaps CSV" : "text";
  }

  private static boolean binary(byte[] start) {
    for (byte b : start) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
        return true;
      }
    }
    return false;
  }

  private static boolean starts(byte[] bytes, int... wanted) {
    if (bytes.length < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[i] != (byte) wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
