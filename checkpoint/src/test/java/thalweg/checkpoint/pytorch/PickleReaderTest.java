package thalweg.checkpoint.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import thalweg.checkpoint.CheckpointException;

/** Pickles written by hand, byte by byte, as the pickle module's opcodes say. */
class PickleReaderTest {
  private static final PickleReader.Tensors NONE =
      new PickleReader.Tensors() {
        @Override
        public Pickled storage(Pickled description) {
          throw new CheckpointException("no storages here");
        }

        @Override
        public Pickled tensor(List<Pickled> arguments) {
          throw new CheckpointException("no tensors here");
        }
      };

  /** Text is bytes as they are; an int is one byte. */
  private static byte[] pickle(Object... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      } else {
        bytes.write((int) part);
      }
    }
    return bytes.toByteArray();
  }

  private static Pickled read(Object... parts) {
    return PickleReader.read(pickle(parts), NONE, "x.pt");
  }

  private static void refused(String message, Object... parts) {
    assertThatThrownBy(() -> read(parts))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("x.pt")
        .hasMessageContaining(message);
  }

  @Test
  void numbersAreRead() {
    assertThat(read(0x80, 2, "K", 255, ".")).isEqualTo(Pickled.Whole.of(255));
    assertThat(read(0x80, 2, "M", 0, 1, ".")).isEqualTo(Pickled.Whole.of(256));
    assertThat(read(0x80, 2, "J", 255, 255, 255, 255, ".")).isEqualTo(Pickled.Whole.of(-1));
    assertThat(read(0x80, 2, 0x8a, 2, 0, 0x80, ".")).isEqualTo(Pickled.Whole.of(-32768));
    assertThat(read(0x80, 2, 0x8a, 0, ".")).isEqualTo(Pickled.Whole.of(0));
    assertThat(read(0x80, 2, 0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1, "."))
        .isEqualTo(new Pickled.Whole(BigInteger.ONE.shiftLeft(64)));
    // 0.1 is 0x3fb999999999999a
    assertThat(read(0x80, 2, "G", 0x3f, 0xb9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a, "."))
        .isEqualTo(new Pickled.Real(0.1));
    assertThat(read(0x80, 2, 0x88, ".")).isEqualTo(new Pickled.Flag(true));
    assertThat(read(0x80, 2, "N.")).isEqualTo(Pickled.None.NONE);
  }

  @Test
  void containersAreRead() {
    Pickled.Dict dict =
        (Pickled.Dict)
            read(
                0x80, 2, "}q", 0, "(X", 1, 0, 0, 0, "a](K", 1, "K", 2, "eX", 1, 0, 0, 0, "bN", 0x85,
                "u.");
    Pickled.Sequence list = (Pickled.Sequence) dict.get("a").orElseThrow();
    assertThat(list.kind()).isEqualTo(Pickled.Sequence.Kind.LIST);
    assertThat(list.items()).containsExactly(Pickled.Whole.of(1), Pickled.Whole.of(2));
    Pickled.Sequence tuple = (Pickled.Sequence) dict.get("b").orElseThrow();
    assertThat(tuple.kind()).isEqualTo(Pickled.Sequence.Kind.TUPLE);
    assertThat(tuple.items()).containsExactly(Pickled.None.NONE);
  }

  @Test
  void aContainerMayBeInItself() {
    Pickled.Sequence list = (Pickled.Sequence) read(0x80, 2, "]q", 0, "h", 0, "a.");
    assertThat(list.items()).hasSize(1);
    assertThat(list.items().getFirst()).isSameAs(list);
  }

  @Test
  void whatIsMentionedOftenIsThereOnce() {
    // a list of two of a list of two of … 200 deep: 2^200 elements to whoever walks it
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.writeBytes(pickle(0x80, 2, "]"));
    for (int i = 0; i < 200; i++) {
      bomb.writeBytes(pickle("2", 0x86));
    }
    bomb.write('.');
    Pickled.Sequence outer = (Pickled.Sequence) PickleReader.read(bomb.toByteArray(), NONE, "x.pt");
    assertThat(outer.items().get(0)).isSameAs(outer.items().get(1));
  }

  @Test
  void depthIsNoMatter() {
    ByteArrayOutputStream deep = new ByteArrayOutputStream();
    deep.writeBytes(pickle(0x80, 2, "N"));
    for (int i = 0; i < 1_000_000; i++) {
      deep.write(0x85);
    }
    deep.write('.');
    assertThat(PickleReader.read(deep.toByteArray(), NONE, "x.pt"))
        .isInstanceOf(Pickled.Sequence.class);
  }

  @Test
  void copiesThatDoubleAreRefused() {
    // builtins.list of a list again and again, appended to it: 1, 2, 4, … elements
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.writeBytes(pickle(0x80, 2, "](", "NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN", "eq", 0, "0"));
    for (int i = 0; i < 1_000_000; i++) {
      bomb.writeBytes(pickle("c__builtin__\nlist\nh", 0, 0x85, "R0"));
    }
    bomb.writeBytes(pickle("N."));
    assertThatThrownBy(() -> PickleReader.read(bomb.toByteArray(), NONE, "x.pt"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("more than 16777216 values");
  }

  @Test
  void aNameThatIsNotKnownIsRefusedByName() {
    refused(
        "wants to call posix.system; only tensors, numbers and containers are read",
        0x80,
        2,
        "cposix\nsystem\nX",
        2,
        0,
        0,
        0,
        "ls",
        0x85,
        "R.");
    refused("builtins.eval", 0x80, 2, "c__builtin__\neval\n.");
    // protocol 4 takes both names from the stack
    refused("os.system", 0x80, 4, 0x8c, 2, "os", 0x8c, 6, "system", 0x93, ".");
    // a dotted name walks attributes in Python: only whole names are known
    refused(
        "collections.OrderedDict.fromkeys",
        0x80,
        4,
        0x8c,
        11,
        "collections",
        0x8c,
        20,
        "OrderedDict.fromkeys",
        0x93,
        ".");
    refused("a�b.c", 0x80, 2, "ca\u001bb\nc\n.");
  }

  @Test
  void aKnownNameThatIsNoFunctionIsNotCalled() {
    refused("wants to call torch.FloatStorage", 0x80, 2, "ctorch\nFloatStorage\n)R.");
    refused("wants to call builtins.int", 0x80, 2, "c__builtin__\nint\n)R.");
  }

  @Test
  void objectsOfClassesAreRefused() {
    refused("make an object of a class", 0x80, 2, "ccollections\nOrderedDict\n)", 0x81, ".");
    refused("make an object of a class", 0x80, 2, "(ios\nsystem\n.");
    refused("extension by number", 0x80, 2, 0x82, 1, ".");
    refused("gives attributes to a list", 0x80, 2, "]}b.");
  }

  @Test
  void whatEndsTooEarlyOrTakesTooMuchIsDamaged() {
    refused("does not begin", "N.");
    refused("does not begin");
    refused("ends too early", 0x80, 2, "N");
    refused("ends too early", 0x80, 2, "X", 255, 255, 255, 255, "abc");
    refused("ends too early", 0x80, 4, 0x8d, 255, 255, 255, 255, 255, 255, 255, 255, "abc");
    refused("ends too early", 0x80, 2, "cno newline");
    refused("ends too early", 0x80, 4, 0x95, 9, 0, 0, 0, 0, 0, 0, 0, "N.");
    refused("takes what is not there", 0x80, 2, ".");
    refused("takes what is not there", 0x80, 2, "N(0");
    refused("takes what is not there", 0x80, 2, "t.");
    refused("has not remembered", 0x80, 2, "h", 7, ".");
    refused("leaves more than one value", 0x80, 2, "NN.");
    refused("key without value", 0x80, 2, "}(Nu.");
    refused("0xff is no part of it", 0x80, 2, 0xff);
    refused("protocol 6", 0x80, 6, "N.");
  }
}
