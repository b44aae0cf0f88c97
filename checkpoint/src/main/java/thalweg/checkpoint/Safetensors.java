package thalweg.checkpoint;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.StateTensor;

/**
 * A file of named tensors in the <a
 * href="https://github.com/huggingface/safetensors">safetensors</a> format, this project's own and
 * those of other writers.
 *
 * <p>Opening reads and checks the header only: every tensor's place, type and shape must fit the
 * file. Tensors are mapped, not copied: the system reads their bytes when they are looked at, and
 * they cannot be written to. A mapping outlives this object and ends when nothing refers to it any
 * more; until then the file may be replaced by a new one, but must not be changed in place.
 */
public final class Safetensors implements AutoCloseable {
  /** The longest header that readers of the format take, in bytes. */
  static final int LONGEST_HEADER = 100_000_000;

  static final String METADATA = "__metadata__";

  private static final int PIECE = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final byte[] headerBytes;
  private final Header header;
  private final long dataBegin;
  private final MemorySegment data;
  private final Object owner;

  private Safetensors(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    long size = channel.size();
    headerBytes = readHeader(size);
    header = Header.read(file, headerBytes);
    dataBegin = Long.BYTES + headerBytes.length;
    header.checkPlaces(file, size - dataBegin);
    Arena arena = Arena.ofAuto();
    owner = arena;
    data =
        size == dataBegin
            ? MemorySegment.NULL
            : channel.map(FileChannel.MapMode.READ_ONLY, dataBegin, size - dataBegin, arena);
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws CheckpointException in one line, if there is no such file, or it is no whole file of
   *     this format
   */
  public static Safetensors open(Path file) {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new CheckpointException("checkpoints are little-endian, this machine is not");
    }
    if (Files.isDirectory(file)) {
      throw new CheckpointException(
          "cannot read %s: it is a folder; name a file in it".formatted(file));
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new CheckpointException(
          "cannot read %s: it is a device or a pipe, a checkpoint is a file".formatted(file));
    }
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      boolean opened = false;
      try {
        Safetensors safetensors = new Safetensors(file, channel);
        opened = true;
        return safetensors;
      } finally {
        if (!opened) {
          channel.close();
        }
      }
    } catch (IOException e) {
      throw Failures.cannotRead(file, e);
    }
  }

  /**
   * Writes tensors under their names, with a checksum, aside and then in place of what was there.
   *
   * @param metadata what else to say, for people and programs; {@code thalweg.checksum} is added
   * @throws CheckpointException if that fails; what was there is unchanged then
   */
  public static void write(
      Path file, Map<String, RawTensor> tensors, Map<String, String> metadata) {
    SafetensorsWriter.write(file, tensors, metadata);
  }

  public Path file() {
    return file;
  }

  /** What the writer said of the file. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  /** What there is, in the header's order. */
  public SequencedMap<String, TensorEntry> entries() {
    return Collections.unmodifiableSequencedMap(header.entries());
  }

  /** The names of all tensors. */
  public Set<String> names() {
    return entries().keySet();
  }

  /**
   * A tensor's bytes, as they lie in the file.
   *
   * @throws CheckpointException if there is none of this name
   */
  public RawTensor raw(String name) {
    TensorEntry entry = entry(name);
    return RawTensor.of(
        entry.type(), entry.shape(), data.asSlice(entry.begin(), entry.bytes()), owner);
  }

  /**
   * A tensor of floating-point numbers, as it lies in the file.
   *
   * @throws CheckpointException if there is none of this name, or it is of another type
   */
  public StateTensor tensor(String name) {
    TensorEntry entry = entry(name);
    NumberType type = entry.type().number();
    if (type == null) {
      throw new CheckpointException(
          "%s: tensor '%s' is %s; only F64, F32, F16 and BF16 are numbers to compute with"
              .formatted(file, name, entry.type()));
    }
    MemorySegment bytes = data.asSlice(entry.begin(), entry.bytes());
    return new StateTensor(
        entry.shape(), Buffer.at(bytes.address(), entry.elements(), type, owner).readOnly());
  }

  private TensorEntry entry(String name) {
    TensorEntry entry = header.entries().get(name);
    if (entry == null) {
      throw new CheckpointException(
          "%s has no tensor '%s'; it has %s".formatted(file, name, some(names())));
    }
    return entry;
  }

  /** The names, or the first of them. */
  static String some(Set<String> names) {
    int shown = 8;
    return names.size() <= shown
        ? names.toString()
        : "%d, such as %s".formatted(names.size(), names.stream().limit(shown).toList());
  }

  /** Whether the writer left a checksum, as this project's does. */
  public boolean hasChecksum() {
    return header.metadata().containsKey(Checksum.KEY);
  }

  /**
   * Reads every byte and compares the checksum.
   *
   * @throws CheckpointException if there is none, or the file has been altered since
   */
  public void verify() {
    byte[] blank = headerBytes.clone();
    int place = Checksum.place(blank);
    if (!hasChecksum() || place < 0) {
      throw new CheckpointException(
          "%s has no checksum; it was not written by Thalweg, or altered since".formatted(file));
    }
    byte[] told = Checksum.blank(blank, place);
    Checksum checksum = new Checksum();
    byte[] length = new byte[Long.BYTES];
    ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(0, blank.length);
    checksum.add(length, length.length);
    checksum.add(blank, blank.length);
    byte[] piece = new byte[PIECE];
    long size = data.byteSize();
    for (long from = 0; from < size; from += PIECE) {
      int count = (int) Math.min(PIECE, size - from);
      MemorySegment.copy(data, JAVA_BYTE, from, piece, 0, count);
      checksum.add(piece, count);
    }
    if (!Arrays.equals(told, checksum.digits())) {
      throw new CheckpointException(
          "%s was altered or damaged after it was written: its checksum does not fit; use an older checkpoint"
              .formatted(file));
    }
  }

  /** Closes the file; tensors that were taken from it stay. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw Failures.cannotRead(file, e);
    }
  }

  private byte[] readHeader(long size) throws IOException {
    if (size == 0) {
      throw new CheckpointException(
          "%s is empty: it was never wholly written; use an older checkpoint".formatted(file));
    }
    ByteBuffer first =
        ByteBuffer.allocate((int) Math.min(Long.BYTES, size)).order(ByteOrder.LITTLE_ENDIAN);
    readFully(first, 0);
    if (size < Long.BYTES) {
      throw new CheckpointException(
          "%s is no safetensors file: it has %d bytes, its header's length alone takes 8"
              .formatted(file, size));
    }
    long length = first.getLong(0);
    if (first.get(0) == 'P' && first.get(1) == 'K') {
      throw new CheckpointException(
          "%s is no safetensors file but a zip archive, as torch.save writes; read it with thalweg.checkpoint.pytorch"
              .formatted(file));
    }
    if (length < 2 || length > LONGEST_HEADER) {
      throw new CheckpointException(
          "%s is no safetensors file: its first 8 bytes announce a header of %s bytes, which must be 2 to %d"
              .formatted(file, Long.toUnsignedString(length), LONGEST_HEADER));
    }
    if (length > size - Long.BYTES) {
      throw new CheckpointException(
          "%s is cut short, or no safetensors file: it announces a header of %d bytes and has %d in all; use an older checkpoint"
              .formatted(file, length, size));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    readFully(bytes, Long.BYTES);
    return bytes.array();
  }

  private void readFully(ByteBuffer into, long from) throws IOException {
    long at = from;
    while (into.hasRemaining()) {
      int count = channel.read(into, at);
      if (count < 0) {
        throw new CheckpointException("%s became shorter while it was read".formatted(file));
      }
      at += count;
    }
  }
}
