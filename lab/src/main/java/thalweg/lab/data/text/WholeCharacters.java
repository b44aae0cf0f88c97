package thalweg.lab.data.text;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream of UTF-8, and those few more that complete the last character. */
final class WholeCharacters extends FilterInputStream {
  private final long most;
  private long count;
  private boolean ended;

  WholeCharacters(InputStream in, long most) {
    super(new BufferedInputStream(in, 1 << 16));
    this.most = most;
  }

  /** Bytes handed out. */
  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int next = ended ? -1 : super.read();
    boolean continues = (next & 0xC0) == 0x80;
    ended = next < 0 || (count >= most && !continues);
    if (ended) {
      return -1;
    }
    count++;
    return next;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (count >= most) {
      int next = read();
      if (next >= 0) {
        bytes[from] = (byte) next;
      }
      return next < 0 ? -1 : 1;
    }
    int n = super.read(bytes, from, (int) Math.min(length, most - count));
    count += Math.max(0, n);
    return n;
  }
}
