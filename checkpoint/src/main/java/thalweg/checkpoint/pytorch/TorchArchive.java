package thalweg.checkpoint.pytorch;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import thalweg.checkpoint.CheckpointException;
import thalweg.checkpoint.Failures;
import thalweg.memory.Buffer;

/**
 * The zip container that {@code torch.save} writes since PyTorch 1.6: {@code NAME/data.pkl}, one
 * entry {@code NAME/data/KEY} for each storage, {@code NAME/byteorder}, all of them uncompressed.
 *
 * <p>Only the table of contents is read when it is opened; every entry is then a place in the file,
 * so that no file stays open, and storages larger than memory's arrays are read piece by piece.
 */
final class TorchArchive {
  /**
   * The most bytes of pickle that are read: a model of a hundred thousand tensors needs a third.
   */
  static final long LONGEST_PICKLE = 64L << 20;

  private static final long LONGEST_CONTENTS = 256L << 20;
  private static final int CHUNK = 1 << 20; // bytes; a multiple of every element's
  private static final byte[] LEGACY = {(byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc};

  private static final int END = 0x06054b50;
  private static final int END64 = 0x06064b50;
  private static final int END64_LOCATOR = 0x07064b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int LOCAL = 0x04034b50;

  /**
   * Where an entry's header and bytes lie.
   *
   * @param crc 0 where none was computed
   * @param asIs whether the bytes are neither compressed nor encrypted
   */
  private record Entry(long header, long size, int crc, boolean asIs) {}

  private final Path path;
  private final Map<String, Entry> entries;
  private final String prefix;
  private final ByteOrder order;

  private TorchArchive(Path path, Map<String, Entry> entries) {
    this.path = path;
    this.entries = entries;
    this.prefix = prefix();
    this.order = byteOrder();
  }

  /** Reads the table of contents. */
  static TorchArchive open(Path path) {
    try (FileChannel file = channel(path)) {
      return new TorchArchive(path, contents(path, file));
    } catch (IOException e) {
      throw Failures.cannotRead(path, e);
    }
  }

  Path path() {
    return path;
  }

  /** The pickled object, of which the storages are left out. */
  byte[] pickle() {
    return bytes(prefix + "data.pkl", LONGEST_PICKLE);
  }

  /** How many bytes a storage has. */
  long storageSize(String key) {
    return entry(prefix + "data/" + key).size();
  }

  /**
   * Reads elements {@code [from, from + count)} of a storage. Where that is the whole storage, its
   * checksum is compared.
   */
  Buffer read(String key, TorchType type, long from, long count) {
    Entry entry = entry(prefix + "data/" + key);
    Buffer into = Buffer.allocate(count, type.numbers());
    boolean whole = from == 0 && count * type.bytes() == entry.size();
    CRC32 crc = new CRC32();
    try (FileChannel file = channel(path)) {
      file.position(start(file, entry) + from * type.bytes());
      byte[] raw = new byte[(int) Math.min(CHUNK, count * type.bytes())];
      for (long at = 0; at < count; ) {
        int elements = (int) Math.min(raw.length / type.bytes(), count - at);
        ByteBuffer target = ByteBuffer.wrap(raw, 0, elements * type.bytes());
        fill(file, target);
        crc.update(raw, 0, elements * type.bytes());
        type.decode(raw, elements, order, into, at);
        at += elements;
      }
    } catch (IOException e) {
      throw Failures.cannotRead(path, e);
    }
    if (whole) {
      compare("data/" + key, entry, crc);
    }
    return into;
  }

  private void compare(String name, Entry entry, CRC32 crc) {
    if (entry.crc() != 0 && (int) crc.getValue() != entry.crc()) {
      throw damaged(path, "the checksum of " + name + " is wrong");
    }
  }

  private byte[] bytes(String name, long most) {
    Entry entry = entry(name);
    if (entry.size() > most) {
      throw new CheckpointException(
          "%s: %s has %d bytes, at most %d are read; is it a checkpoint?"
              .formatted(path, name, entry.size(), most));
    }
    byte[] bytes = new byte[(int) entry.size()];
    try (FileChannel file = channel(path)) {
      file.position(start(file, entry));
      fill(file, ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      throw Failures.cannotRead(path, e);
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    compare(name, entry, crc);
    return bytes;
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw damaged(path, "it has no " + Text.shown(name));
    }
    if (!entry.asIs()) {
      throw new CheckpointException(
          "%s: %s is compressed or encrypted, which torch.save never does; save it again with torch.save"
              .formatted(path, Text.shown(name)));
    }
    return entry;
  }

  /** The folder that everything lies in. */
  private String prefix() {
    String found = null;
    for (String name : entries.keySet()) {
      if (name.endsWith("/data.pkl") && name.indexOf('/') == name.length() - "/data.pkl".length()) {
        if (found != null) {
          throw damaged(path, "it has two data.pkl");
        }
        found = name.substring(0, name.length() - "data.pkl".length());
      }
    }
    if (found == null) {
      throw new CheckpointException(
          "%s is a zip file, but no checkpoint of torch.save: it has no data.pkl".formatted(path));
    }
    if (entries.containsKey(found + "constants.pkl")) {
      throw new CheckpointException(
          "%s is a TorchScript archive, which is a program; save a state_dict with torch.save"
              .formatted(path));
    }
    return found;
  }

  private ByteOrder byteOrder() {
    if (!entries.containsKey(prefix + "byteorder")) {
      return ByteOrder.LITTLE_ENDIAN; // as before PyTorch 2.1
    }
    String said = new String(bytes(prefix + "byteorder", 16), StandardCharsets.UTF_8);
    return switch (said) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw damaged(path, "its byte order is '" + Text.shown(said) + "'");
    };
  }

  private static Map<String, Entry> contents(Path path, FileChannel file) throws IOException {
    long size = file.size();
    refuseOthers(path, file, size);
    ByteBuffer tail = at(path, file, Math.max(0, size - 65_557), Math.min(size, 65_557));
    int end = tail.limit() - 22;
    while (end >= 0 && tail.getInt(end) != END) {
      end--;
    }
    if (end < 0) {
      throw damaged(path, "it has no end; was it copied whole?");
    }
    long count = Short.toUnsignedLong(tail.getShort(end + 10));
    long length = Integer.toUnsignedLong(tail.getInt(end + 12));
    long start = Integer.toUnsignedLong(tail.getInt(end + 16));
    if (end >= 20 && tail.getInt(end - 20) == END64_LOCATOR) {
      ByteBuffer end64 = at(path, file, tail.getLong(end - 20 + 8), 56);
      if (end64.getInt(0) != END64) {
        throw damaged(path, "its end is not where it should be");
      }
      count = end64.getLong(32);
      length = end64.getLong(40);
      start = end64.getLong(48);
    }
    if (length > LONGEST_CONTENTS || count < 0 || count > length / 46) {
      throw damaged(path, "its table of contents cannot be");
    }
    ByteBuffer table = at(path, file, start, length);
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (long i = 0; i < count; i++) {
      read(path, table, size, entries);
    }
    return entries;
  }

  private static void read(Path path, ByteBuffer table, long size, Map<String, Entry> entries) {
    int from = table.position();
    if (table.remaining() < 46 || table.getInt(from) != CENTRAL) {
      throw damaged(path, "its table of contents is broken");
    }
    int flags = table.getShort(from + 8);
    int method = table.getShort(from + 10);
    int crc = table.getInt(from + 16);
    long packed = Integer.toUnsignedLong(table.getInt(from + 20));
    long plain = Integer.toUnsignedLong(table.getInt(from + 24));
    int nameLength = Short.toUnsignedInt(table.getShort(from + 28));
    int extraLength = Short.toUnsignedInt(table.getShort(from + 30));
    int comment = Short.toUnsignedInt(table.getShort(from + 32));
    long header = Integer.toUnsignedLong(table.getInt(from + 42));
    if (table.remaining() < 46 + nameLength + extraLength + comment) {
      throw damaged(path, "its table of contents is broken");
    }
    byte[] name = new byte[nameLength];
    table.get(from + 46, name);
    String shown = new String(name, StandardCharsets.UTF_8);
    ByteBuffer extra =
        table.slice(from + 46 + nameLength, extraLength).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer wide = zip64(extra);
    boolean fits = true;
    if (plain == 0xFFFFFFFFL) {
      fits = wide.remaining() >= 8;
      plain = fits ? wide.getLong() : -1;
    }
    if (packed == 0xFFFFFFFFL) {
      fits &= wide.remaining() >= 8;
      packed = fits ? wide.getLong() : -1;
    }
    if (header == 0xFFFFFFFFL) {
      fits &= wide.remaining() >= 8;
      header = fits ? wide.getLong() : -1;
    }
    if (!fits || plain < 0 || header < 0 || packed < 0 || packed > size || header > size - packed) {
      throw damaged(path, Text.shown(shown) + " lies outside of it");
    }
    boolean asIs = method == 0 && plain == packed && (flags & 1) == 0;
    if (entries.put(shown, new Entry(header, plain, crc, asIs)) != null) {
      throw damaged(path, "it has two " + Text.shown(shown));
    }
    table.position(from + 46 + nameLength + extraLength + comment);
  }

  /** The 64-bit numbers that stand for those that do not fit in 32. */
  private static ByteBuffer zip64(ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int id = Short.toUnsignedInt(extra.getShort());
      int length = Short.toUnsignedInt(extra.getShort());
      if (length > extra.remaining()) {
        break;
      }
      if (id == 1) {
        return extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      }
      extra.position(extra.position() + length);
    }
    return ByteBuffer.allocate(0);
  }

  /** Where the bytes of an entry begin: behind its own header. */
  private long start(FileChannel file, Entry entry) throws IOException {
    ByteBuffer header = at(path, file, entry.header(), 30);
    if (header.getInt(0) != LOCAL) {
      throw damaged(path, "an entry is not where it should be");
    }
    return entry.header()
        + 30
        + Short.toUnsignedLong(header.getShort(26))
        + Short.toUnsignedLong(header.getShort(28));
  }

  private static void refuseOthers(Path path, FileChannel file, long size) throws IOException {
    ByteBuffer start = at(path, file, 0, Math.min(size, LEGACY.length));
    byte[] first = new byte[start.remaining()];
    start.get(first);
    if (java.util.Arrays.equals(first, LEGACY)) {
      throw new CheckpointException(
          "%s has the format of PyTorch before 1.6; load it in Python and save it again with torch.save"
              .formatted(path));
    }
    if (first.length < 2 || first[0] != 'P' || first[1] != 'K') {
      throw new CheckpointException(
          "%s is not a checkpoint of torch.save: it is no zip file".formatted(path));
    }
  }

  private static ByteBuffer at(Path path, FileChannel file, long from, long length)
      throws IOException {
    if (from < 0 || length < 0 || length > file.size() || from > file.size() - length) {
      throw damaged(path, "it ends too early; was it copied whole?");
    }
    ByteBuffer part = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    file.position(from);
    fill(file, part);
    return part.flip();
  }

  private static void fill(FileChannel file, ByteBuffer target) throws IOException {
    while (target.hasRemaining()) {
      if (file.read(target) < 0) {
        throw new EOFException("it ends too early");
      }
    }
  }

  private static FileChannel channel(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new CheckpointException("%s is a folder; give a file".formatted(path));
    }
    return FileChannel.open(path, StandardOpenOption.READ);
  }

  static CheckpointException damaged(Path path, String how) {
    return new CheckpointException("%s is damaged: %s".formatted(path, how));
  }
}
