package thalweg.checkpoint;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every file of this project says of itself in its metadata.
 *
 * <p>A version that a reader does not know is refused before anything else is looked at: what else
 * there is may mean something else by then.
 */
final class Fields {
  /** The newest version this reads, and the one it writes. */
  static final int VERSION = 1;

  static final String KIND = "thalweg.kind";
  private static final String VERSION_KEY = "thalweg.version";

  private Fields() {}

  /** The metadata a file of a kind begins with. */
  static Map<String, String> of(String kind) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(VERSION_KEY, Integer.toString(VERSION));
    metadata.put(KIND, kind);
    return metadata;
  }

  /** Whether a file says that it is of this project. */
  static boolean isOfThalweg(Safetensors file) {
    return file.metadata().containsKey(VERSION_KEY);
  }

  /**
   * Checks version and checksum, in this order.
   *
   * @return the kind of the file
   */
  static String check(Safetensors file) {
    checkVersion(file, get(file, VERSION_KEY));
    file.verify();
    return get(file, KIND);
  }

  /**
   * Checks version, checksum and kind, in this order.
   *
   * @param kind of what is wanted
   * @param what to say to whom has another kind, in words
   */
  static void check(Safetensors file, String kind, String what) {
    requireOurs(file, what);
    requireKind(file, check(file), kind);
  }

  /** The same without the checksum, which takes the reading of the whole file. */
  static void checkHead(Safetensors file, String kind, String what) {
    requireOurs(file, what);
    checkVersion(file, get(file, VERSION_KEY));
    requireKind(file, get(file, KIND), kind);
  }

  private static void requireOurs(Safetensors file, String what) {
    if (!isOfThalweg(file)) {
      throw new CheckpointException(
          "%s is a safetensors file, but no %s of Thalweg: its metadata has no %s"
              .formatted(file.file(), what, VERSION_KEY));
    }
  }

  private static void requireKind(Safetensors file, String found, String kind) {
    if (!found.equals(kind)) {
      throw another(file, found, kind);
    }
  }

  static CheckpointException another(Safetensors file, String found, String wanted) {
    return new CheckpointException(
        "%s holds a file of kind '%s', wanted is '%s'; load it as what it is"
            .formatted(file.file(), found, wanted));
  }

  private static void checkVersion(Safetensors file, String version) {
    int number;
    try {
      number = Integer.parseInt(version);
    } catch (NumberFormatException e) {
      number = 0;
    }
    if (number > VERSION) {
      throw new CheckpointException(
          "%s is of version %d of the format; this Thalweg reads up to version %d: load it with the newer Thalweg that wrote it"
              .formatted(file.file(), number, VERSION));
    }
    if (number < 1) {
      throw new CheckpointException(
          "%s is damaged: '%s' is no version of the format; use an older checkpoint"
              .formatted(file.file(), version));
    }
  }

  /** Whether a file is whole as far as one can tell, but of a version to come. */
  static boolean isOfNewerVersion(Path file) {
    try (Safetensors opened = Safetensors.open(file)) {
      return Integer.parseInt(opened.metadata().getOrDefault(VERSION_KEY, "0")) > VERSION;
    } catch (CheckpointException | NumberFormatException e) {
      return false;
    }
  }

  /** A field that must be there. */
  static String get(Safetensors file, String key) {
    String value = file.metadata().get(key);
    if (value == null) {
      throw new CheckpointException(
          "%s is damaged: its metadata has no %s".formatted(file.file(), key));
    }
    return value;
  }
}
