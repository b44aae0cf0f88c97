package thalweg.checkpoint.pytorch;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import thalweg.checkpoint.FileAside;
import thalweg.memory.Buffer;

/** Writes files as {@code torch.save} does, aside and then in place of what was there. */
final class TorchWriter {
  private static final String FOLDER = "archive/";
  private static final int ALIGNMENT = 64; // of storages, as torch.save's, for mmap=True
  private static final int CHUNK = 1 << 20;

  private final Counting counted;
  private final ZipOutputStream zip;

  private TorchWriter(Counting counted, ZipOutputStream zip) {
    this.counted = counted;
    this.zip = zip;
  }

  /** Writes a {@code state_dict()}. */
  static void write(TorchOptimizerState state, Path file) {
    Map<String, Object> dict = new LinkedHashMap<>();
    dict.put("state", states(state));
    dict.put("param_groups", state.groups().stream().map(TorchWriter::group).toList());
    write(dict, file);
  }

  /** Writes a model's {@code state_dict()}. */
  static void write(Map<String, ?> content, Path file) {
    PickleWriter pickle = new PickleWriter();
    pickle.write(content);
    byte[] bytes = pickle.finish();
    FileAside.write(
        file,
        out -> {
          Counting counted =
              new Counting(new BufferedOutputStream(Channels.newOutputStream(out), CHUNK));
          try (ZipOutputStream zip = new ZipOutputStream(counted)) {
            new TorchWriter(counted, zip).write(bytes, pickle.storages());
          }
        });
  }

  private static Map<Long, Object> states(TorchOptimizerState state) {
    Map<Long, Object> states = new LinkedHashMap<>();
    for (TorchOptimizerState.Group group : state.groups()) {
      for (TorchOptimizerState.Entry entry : group.parameters()) {
        if (!entry.state().isEmpty()) {
          Map<String, Object> values = new LinkedHashMap<>();
          entry
              .state()
              .forEach((key, value) ->
                  values.put(
                      key, value.isPythonInt() ? (Object) (long) value.values().get(0) : value));
          states.put(entry.index(), values);
        }
      }
    }
    return states;
  }

  private static Map<String, Object> group(TorchOptimizerState.Group group) {
    Map<String, Object> dict = new LinkedHashMap<>();
    group
        .options()
        .forEach((name, value) ->
            dict.put(name, value instanceof List<?> items ? new PickleWriter.Tuple(items) : value));
    List<Long> numbers = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (TorchOptimizerState.Entry entry : group.parameters()) {
      numbers.add(entry.index());
      entry.name().ifPresent(names::add);
    }
    dict.put("params", numbers);
    if (names.size() == numbers.size()) {
      dict.put("param_names", names);
    }
    return dict;
  }

  private void write(byte[] pickle, List<TorchTensor> storages) throws IOException {
    write("data.pkl", pickle);
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    write("byteorder", (little ? "little" : "big").getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < storages.size(); i++) {
      write("data/" + i, storages.get(i));
    }
    write("version", "3\n".getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    begin(name, bytes.length, crc);
    zip.write(bytes);
    zip.closeEntry();
  }

  /** Goes over the elements twice: the checksum stands in front of them. */
  private void write(String name, TorchTensor tensor) throws IOException {
    Buffer values = tensor.values();
    int bytes = tensor.type().bytes();
    byte[] chunk = new byte[(int) Math.min(CHUNK, values.length() * bytes)];
    CRC32 crc = new CRC32();
    for (long at = 0; at < values.length(); at += CHUNK / bytes) {
      crc.update(chunk, 0, tensor.type().encode(values, at, chunk));
    }
    begin(name, values.length() * bytes, crc);
    for (long at = 0; at < values.length(); at += CHUNK / bytes) {
      zip.write(chunk, 0, tensor.type().encode(values, at, chunk));
    }
    zip.closeEntry();
  }

  private void begin(String name, long size, CRC32 crc) throws IOException {
    ZipEntry entry = new ZipEntry(FOLDER + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setTime(315_532_800_000L); // 1980: equal states give equal files
    entry.setSize(size);
    entry.setCrc(crc.getValue());
    zip.flush();
    int header = 30 + (FOLDER + name).length() + 4;
    int padding = (int) Math.floorMod(-(counted.written + header), (long) ALIGNMENT);
    byte[] extra = new byte[4 + padding];
    extra[0] = 'F';
    extra[1] = 'B'; // the field that torch.save pads with
    extra[2] = (byte) padding;
    entry.setExtra(extra);
    zip.putNextEntry(entry);
  }

  /** Counts what has been written; what it writes to stays open, to be flushed to the disk. */
  private static final class Counting extends FilterOutputStream {
    long written;

    Counting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      written++;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
      written += count;
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
