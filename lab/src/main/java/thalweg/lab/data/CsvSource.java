package thalweg.lab.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import thalweg.lab.BadInput;

/**
 * A user's CSV file as a header and rows of trimmed fields, readable more than once.
 *
 * @param header one name a column, all different; a column without a name is {@code column N}
 */
record CsvSource(Path file, char delimiter, List<String> header) {
  private static final String DELIMITERS = ",;\t";

  /** Takes one row's fields and the line it starts on, from 1. */
  @FunctionalInterface
  interface Row {
    void accept(long line, List<String> fields);
  }

  /** Opens a file and reads its header. */
  static CsvSource open(Path file, @Nullable Character delimiter) {
    if (Files.isDirectory(file)) {
      throw new BadInput("cannot read %s: it is a folder; give a CSV file".formatted(file));
    }
    if (!Files.exists(file)) {
      throw new BadInput("cannot read %s: there is no such file; check the path".formatted(file));
    }
    if (!Files.isRegularFile(file)) {
      throw new BadInput(
          "cannot read %s: it is not a plain file, and it is read twice; save it to a file"
              .formatted(file));
    }
    char between = delimiter == null ? detect(file) : delimiter;
    List<String> header = new ArrayList<>();
    new CsvSource(file, between, List.of())
        .read((line, fields) -> {
          header.addAll(names(file, line, fields));
          return false;
        });
    if (header.isEmpty()) {
      throw new BadInput(
          "cannot read %s: it is empty; it needs a header line and rows".formatted(file));
    }
    return new CsvSource(file, between, List.copyOf(header));
  }

  /** Hands over every row below the header; a row of another length than the header is an error. */
  void rows(Row row) {
    boolean[] header = {true};
    read((line, fields) -> {
      if (header[0]) {
        header[0] = false;
        return true;
      }
      if (fields.size() != this.header.size()) {
        throw new BadInput(
            "%s:%d: the row has %d fields, the header has %d; correct the row, or quote fields that contain '%s'"
                .formatted(file, line, fields.size(), this.header.size(), shown()));
      }
      row.accept(line, fields);
      return true;
    });
  }

  private String shown() {
    return delimiter == '\t' ? "tab" : String.valueOf(delimiter);
  }

  private static List<String> names(Path file, long line, List<String> fields) {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.get(i).isEmpty() ? "column " + (i + 1) : fields.get(i);
      if (!seen.add(name)) {
        throw new BadInput(
            "%s:%d: the header names column '%s' twice; rename one of them"
                .formatted(file, line, name));
      }
      names.add(name);
    }
    return names;
  }

  /** Takes a record; false ends the reading. */
  @FunctionalInterface
  private interface Visit {
    boolean goesOn(long line, List<String> fields);
  }

  private void read(Visit visit) {
    long last = 0;
    try (Reader text = text(file);
        CsvReader<CsvRecord> csv =
            CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .trimWhitespacesAroundQuotes(true)
                .allowUnclosedQuote(false)
                .ofCsvRecord(text)) {
      Iterator<CsvRecord> records = csv.iterator();
      boolean goesOn = true;
      while (goesOn && records.hasNext()) {
        CsvRecord record = records.next();
        last = record.getStartingLineNumber();
        goesOn = visit.goesOn(last, record.getFields().stream().map(String::strip).toList());
      }
    } catch (CsvParseException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new BadInput(
          "%s: cannot be read as CSV after line %d: %s; check the quotes there"
              .formatted(file, last, reason.getMessage()),
          e);
    } catch (CharacterCodingException e) {
      throw notUtf8(last, e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw notUtf8(last, e);
      }
      throw new BadInput("cannot read %s: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new BadInput("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private BadInput notUtf8(long line, Exception e) {
    return new BadInput(
        "%s: not UTF-8 text somewhere after line %d; save the file as UTF-8".formatted(file, line),
        e);
  }

  /** The character among comma, semicolon and tab that the first line has most of. */
  private static char detect(Path file) {
    int[] counts = new int[DELIMITERS.length()];
    try (BufferedReader reader = new BufferedReader(text(file))) {
      boolean quoted = false;
      boolean begun = false;
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        quoted ^= c == '"';
        if (!quoted && (c == '\n' || c == '\r')) {
          if (begun) {
            break;
          }
          continue;
        }
        begun = true;
        int kind = quoted ? -1 : DELIMITERS.indexOf(c);
        if (kind >= 0) {
          counts[kind]++;
        }
      }
    } catch (CharacterCodingException e) {
      throw new BadInput("%s: not UTF-8 text; save the file as UTF-8".formatted(file), e);
    } catch (IOException e) {
      throw new BadInput("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return DELIMITERS.charAt(most);
  }

  private static Reader text(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    in.mark(3);
    byte[] start = in.readNBytes(3);
    boolean utf16 =
        start.length >= 2
            && ((start[0] == (byte) 0xFF && start[1] == (byte) 0xFE)
                || (start[0] == (byte) 0xFE && start[1] == (byte) 0xFF));
    if (utf16) {
      in.close();
      throw new BadInput("%s: UTF-16 text; save the file as UTF-8".formatted(file));
    }
    boolean mark =
        start.length == 3
            && start[0] == (byte) 0xEF
            && start[1] == (byte) 0xBB
            && start[2] == (byte) 0xBF;
    if (!mark) {
      in.reset();
    }
    return new InputStreamReader(
        in,
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }
}
