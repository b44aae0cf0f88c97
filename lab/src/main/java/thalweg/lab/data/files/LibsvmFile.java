package thalweg.lab.data.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import thalweg.lab.BadInput;
import thalweg.torch.Features;
import thalweg.torch.Form;

/**
 * A file of the libsvm format: a row a line, {@code label index:value …}, indices rising from 1,
 * the rest of a line after {@code #} a comment. It is read twice, plain or packed with gzip: once
 * for its sizes, once for its numbers.
 *
 * @param labels as the file has them, one a row
 * @param features places counted from 0, see {@link Form.Sparse}
 */
@SuppressWarnings("ArrayRecordComponent") // a column of numbers, never compared
public record LibsvmFile(double[] labels, Form.Sparse form, Features features) {
  /** The largest index that is read: up to it, floats count exactly. */
  private static final int MOST_INDEX = 1 << 24;

  /** Takes the numbers of a line; the place is counted from 0. */
  private interface Row {
    void label(double label);

    void entry(int place, float value);
  }

  /** Reads a file. */
  public static LibsvmFile read(Path file) {
    FileBytes.check(file);
    var sizes = new Sizes();
    lines(file, sizes);
    if (sizes.rows == 0) {
      throw new BadInput(
          "%s has no rows; a line is such as '1 3:0.5 7:2': a label, then index:value"
              .formatted(file));
    }
    if (sizes.most == 0) {
      throw new BadInput("%s has labels only; add index:value after them".formatted(file));
    }
    var form = new Form.Sparse(sizes.most, sizes.vocabulary);
    var numbers = new Numbers(form, sizes.rows);
    lines(file, numbers);
    return new LibsvmFile(
        numbers.labels, form, new SegmentFeatures(form.columns(), numbers.segment));
  }

  private static final class Sizes implements Row {
    private int rows;
    private int entries;
    private int most;
    private int vocabulary;

    @Override
    public void label(double label) {
      rows = Math.incrementExact(rows);
      entries = 0;
    }

    @Override
    public void entry(int place, float value) {
      most = Math.max(most, ++entries);
      vocabulary = Math.max(vocabulary, place + 1);
    }
  }

  private static final class Numbers implements Row {
    private final Form.Sparse form;
    private final MemorySegment segment;
    private final double[] labels;
    private int row = -1;
    private int entry;

    Numbers(Form.Sparse form, int rows) {
      this.form = form;
      this.segment = Scratch.of((long) rows * form.columns() * Float.BYTES);
      this.labels = new double[rows];
    }

    @Override
    public void label(double label) {
      labels[++row] = label;
      entry = 0;
    }

    @Override
    public void entry(int place, float value) {
      long first = (long) row * form.columns() + entry++;
      segment.set(SegmentFeatures.FLOAT, first * Float.BYTES, place);
      segment.set(SegmentFeatures.FLOAT, (first + form.entries()) * Float.BYTES, value);
    }
  }

  private static void lines(Path file, Row row) {
    long number = 0;
    try (BufferedReader reader = reader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        int comment = line.indexOf('#');
        String text = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (!text.isEmpty()) {
          line(file, number, text, row);
        }
      }
    } catch (CharacterCodingException e) {
      throw new BadInput(
          "%s: not text somewhere after line %d; give a file in libsvm format"
              .formatted(file, number),
          e);
    } catch (IOException e) {
      throw FileBytes.unreadable(file, e);
    }
  }

  private static BufferedReader reader(Path file) throws IOException {
    String kind = FileKind.of(file);
    boolean packed = kind.equals("a gzip file");
    if (!packed && !FileKind.isText(file)) {
      throw new BadInput(
          "%s is not in libsvm format: it looks like %s; give a text file of lines such as '1 3:0.5 7:2'"
              .formatted(file, kind));
    }
    InputStream in = Files.newInputStream(file);
    return new BufferedReader(
        new InputStreamReader(
            packed ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8.newDecoder()));
  }

  private static void line(Path file, long number, String text, Row row) {
    String[] fields = text.split("\\s+");
    row.label(finite(file, number, fields[0], "the label"));
    int before = 0;
    for (int i = 1; i < fields.length; i++) {
      int colon = fields[i].indexOf(':');
      if (colon < 1) {
        throw new BadInput(
            "%s:%d: '%s' is not index:value; correct the line, such as '1 3:0.5 7:2'"
                .formatted(file, number, fields[i]));
      }
      int index = index(file, number, fields[i].substring(0, colon));
      if (index <= before) {
        throw new BadInput(
            "%s:%d: index %d comes after %d; indices must rise within a line: sort them"
                .formatted(file, number, index, before));
      }
      before = index;
      float value = (float) finite(file, number, fields[i].substring(colon + 1), "a value");
      row.entry(index - 1, value);
    }
  }

  private static int index(Path file, long number, String text) {
    int index;
    try {
      index = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new BadInput(
          "%s:%d: index '%s' is no whole number up to %d; correct the line"
              .formatted(file, number, text, MOST_INDEX),
          e);
    }
    if (index < 1 || index > MOST_INDEX) {
      throw new BadInput(
          "%s:%d: index %d is not in [1, %d]; libsvm counts from 1: correct the line"
              .formatted(file, number, index, MOST_INDEX));
    }
    return index;
  }

  private static double finite(Path file, long number, String text, String what) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new BadInput(
          "%s:%d: %s must be a number, got '%s'; correct the line, such as '1 3:0.5 7:2'"
              .formatted(file, number, what, text),
          e);
    }
    if (!(Math.abs(value) <= Float.MAX_VALUE)) {
      throw new BadInput(
          "%s:%d: %s must be finite and within float32 (3.4e38), got %s; correct the line"
              .formatted(file, number, what, text));
    }
    return value;
  }
}
