package thalweg.lab.data.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import thalweg.lab.BadInput;
import thalweg.lab.data.files.FileKind;

/**
 * Where a text comes from: a plain file of UTF-8, or the {@code .java} files of a zip, in the order
 * of the zip.
 */
final class TextSource implements AutoCloseable {
  /** Of a zip, unless more is asked for: such as the JDK's sources are 60 MB and more. */
  private static final long MOST_OF_A_ZIP = 1_000_000;

  private final @Nullable ZipFile zip;
  private final WholeCharacters bytes;
  private final long mostBytes;

  private TextSource(@Nullable ZipFile zip, InputStream in, long mostBytes) {
    this.zip = zip;
    this.bytes = new WholeCharacters(in, mostBytes);
    this.mostBytes = mostBytes;
  }

  /** Opens a text; {@code most} bytes are read at most, 0 for all of a file and 1 MB of a zip. */
  static TextSource open(Path file, long most) throws IOException {
    if (Files.isDirectory(file)) {
      throw new BadInput("cannot read %s: it is a folder; give a text file".formatted(file));
    }
    if (!Files.exists(file)) {
      throw new BadInput("cannot read %s: there is no such file; check the path".formatted(file));
    }
    String kind = FileKind.of(file);
    if (kind.equals("a zip archive")) {
      return ofZip(file, most == 0 ? MOST_OF_A_ZIP : most);
    }
    if (kind.equals("empty")) {
      throw new BadInput("%s is empty; give a text".formatted(file));
    }
    if (!FileKind.isText(file)) {
      throw new BadInput(
          "%s is not a text: it looks like %s; give a plain text file in UTF-8"
              .formatted(file, kind));
    }
    long size = Files.size(file);
    return new TextSource(
        null, Files.newInputStream(file), most == 0 ? size : Math.min(size, most));
  }

  private static TextSource ofZip(Path file, long most) throws IOException {
    ZipFile zip = new ZipFile(file.toFile());
    List<? extends ZipEntry> entries =
        zip.stream().filter(entry -> entry.getName().endsWith(".java")).toList();
    if (entries.isEmpty()) {
      zip.close();
      throw new BadInput(
          "%s has no .java files; unpack it and give a text file of it".formatted(file));
    }
    long size = entries.stream().mapToLong(ZipEntry::getSize).sum();
    Iterator<? extends ZipEntry> rest = entries.iterator();
    var all =
        new SequenceInputStream(
            new Enumeration<InputStream>() {
              @Override
              public boolean hasMoreElements() {
                return rest.hasNext();
              }

              @Override
              public InputStream nextElement() {
                try {
                  return zip.getInputStream(rest.next());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    return new TextSource(zip, all, Math.min(size, most));
  }

  static BadInput unreadable(Path file, IOException e) {
    return e instanceof CharacterCodingException
        ? new BadInput("%s: not UTF-8 text; save the file as UTF-8".formatted(file), e)
        : new BadInput("cannot read %s: %s; check the file".formatted(file, e.getMessage()), e);
  }

  /** No more bytes than this, and so no more characters. */
  long mostBytes() {
    return mostBytes;
  }

  long bytesRead() {
    return bytes.count();
  }

  Reader reader() {
    return new BufferedReader(
        new InputStreamReader(
            bytes,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  @Override
  public void close() throws IOException {
    bytes.close();
    if (zip != null) {
      zip.close();
    }
  }
}
