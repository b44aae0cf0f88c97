package thalweg.checkpoint.pytorch;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import thalweg.checkpoint.CheckpointException;

/**
 * Reads the part of Python's pickle that numbers, text, containers and tensors need: protocols 2 to
 * 5, without what makes objects of classes. A name outside of {@link Known} is refused when it is
 * met, called or not; nothing is ever looked up by it.
 *
 * <p>Time and memory are bounded by the length of the pickle: what is there is not copied when it
 * is mentioned again, lengths are compared with the bytes that are left before anything is
 * allocated, and nothing here calls itself, however deep the containers.
 */
final class PickleReader {
  /** The most values that are made; a tensor takes about twenty. */
  private static final int MOST_VALUES = 16 << 20;

  private static final int LONGEST_NUMBER = 1024; // bytes

  private final Tensors tensors;
  private final String where;
  private final ByteBuffer pickle;
  private final List<Pickled> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Long, Pickled> memo = new HashMap<>();
  private int values;

  /** Makes tensors of what a pickle says of them. */
  interface Tensors {
    /** What BINPERSID asks for. */
    Pickled storage(Pickled description);

    /** A tensor of a storage, from the arguments of {@code _rebuild_tensor_v2}. */
    Pickled tensor(List<Pickled> arguments);
  }

  private PickleReader(byte[] pickle, Tensors tensors, String where) {
    this.pickle = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    this.tensors = tensors;
    this.where = where;
  }

  /**
   * Reads a pickle.
   *
   * @param where what messages begin with: the file
   * @throws CheckpointException if it is damaged, or asks for more than is read
   */
  static Pickled read(byte[] pickle, Tensors tensors, String where) {
    return new PickleReader(pickle, tensors, where).run();
  }

  private Pickled run() {
    if (pickle.remaining() < 2 || pickle.get(0) != (byte) 0x80) {
      throw damaged("it does not begin as one of protocol 2 or later");
    }
    while (true) {
      int code = unsigned(1);
      if (code == '.') {
        Pickled result = pop();
        if (!stack.isEmpty()) {
          throw damaged("it leaves more than one value");
        }
        return result;
      }
      step(code);
      if (values > MOST_VALUES) {
        throw damaged("it holds more than %d values".formatted(MOST_VALUES));
      }
    }
  }

  private void step(int code) {
    switch (code) {
      case 0x80 -> protocol();
      case 0x95 -> frame();
      case 'N' -> push(Pickled.None.NONE);
      case 0x88 -> push(new Pickled.Flag(true));
      case 0x89 -> push(new Pickled.Flag(false));
      case 'K' -> push(Pickled.Whole.of(unsigned(1)));
      case 'M' -> push(Pickled.Whole.of(unsigned(2)));
      case 'J' -> push(Pickled.Whole.of(bytes(4).getInt()));
      case 0x8a -> push(whole(unsigned(1)));
      case 0x8b -> push(whole(length(4)));
      case 'G' -> push(new Pickled.Real(bytes(8).order(ByteOrder.BIG_ENDIAN).getDouble()));
      case 'X' -> push(new Pickled.Words(text(length(4))));
      case 0x8c -> push(new Pickled.Words(text(unsigned(1))));
      case 0x8d -> push(new Pickled.Words(text(length(8))));
      case 'B' -> push(raw(length(4)));
      case 'C' -> push(raw(unsigned(1)));
      case 0x8e, 0x96 -> push(raw(length(8)));
      case '}' -> push(new Pickled.Dict());
      case ']' -> push(sequence(Pickled.Sequence.Kind.LIST, List.of()));
      case ')' -> push(sequence(Pickled.Sequence.Kind.TUPLE, List.of()));
      case 0x8f -> push(sequence(Pickled.Sequence.Kind.SET, List.of()));
      case 0x85 -> tuple(1);
      case 0x86 -> tuple(2);
      case 0x87 -> tuple(3);
      case '(' -> marks.push(stack.size());
      case 't' -> push(sequence(Pickled.Sequence.Kind.TUPLE, popToMark()));
      case 'l' -> push(sequence(Pickled.Sequence.Kind.LIST, popToMark()));
      case 0x91 -> push(sequence(Pickled.Sequence.Kind.SET, popToMark()));
      case 'd' -> {
        List<Pickled> pairs = popToMark();
        Pickled.Dict dict = new Pickled.Dict();
        put(dict, pairs);
        push(dict);
      }
      case 'a' -> {
        Pickled item = pop();
        add(List.of(item), Pickled.Sequence.Kind.LIST);
      }
      case 'e' -> add(popToMark(), Pickled.Sequence.Kind.LIST);
      case 0x90 -> add(popToMark(), Pickled.Sequence.Kind.SET);
      case 's' -> {
        Pickled value = pop();
        Pickled key = pop();
        put(dictOnTop(), List.of(key, value));
      }
      case 'u' -> put(popToMark());
      case '0' -> pop();
      case '1' -> popToMark();
      case '2' -> push(top());
      case 'q' -> memo.put((long) unsigned(1), top());
      case 'r' -> memo.put(Integer.toUnsignedLong(bytes(4).getInt()), top());
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'h' -> push(remembered(unsigned(1)));
      case 'j' -> push(remembered(Integer.toUnsignedLong(bytes(4).getInt())));
      case 'c' -> push(known(line(), line()));
      case 0x93 -> {
        Pickled name = pop();
        Pickled module = pop();
        push(known(words(module), words(name)));
      }
      case 'Q' -> push(tensors.storage(pop()));
      case 'R' -> {
        Pickled arguments = pop();
        push(call(pop(), arguments));
      }
      case 'b' -> build();
      default -> throw refused(code);
    }
  }

  private void protocol() {
    int version = unsigned(1);
    if (version < 2 || version > 5) {
      throw damaged("it is of protocol %d; 2 to 5 are read".formatted(version));
    }
  }

  /** Announces how many bytes follow, which here are all there anyway. */
  private void frame() {
    if (bytes(8).getLong() > pickle.remaining()) {
      throw damaged("it ends too early");
    }
  }

  private CheckpointException refused(int code) {
    return switch (code) {
      case 'i', 'o', 0x81, 0x92 ->
          new CheckpointException(
              "%s wants to make an object of a class; only tensors, numbers and containers are read"
                  .formatted(where));
      case 0x82, 0x83, 0x84 ->
          new CheckpointException(
              "%s names an extension by number; only tensors, numbers and containers are read"
                  .formatted(where));
      default -> damaged("0x%02x is no part of it that is read".formatted(code));
    };
  }

  private Pickled known(String module, String name) {
    String full =
        Text.shown(module.equals("__builtin__") ? "builtins" : module) + "." + Text.shown(name);
    return Known.find(module, name)
        .map(Pickled.Name::new)
        .orElseThrow(() ->
            new CheckpointException(
                "%s wants to call %s; only tensors, numbers and containers are read: in Python, save those alone"
                    .formatted(where, full)));
  }

  private Pickled call(Pickled called, Pickled given) {
    if (!(called instanceof Pickled.Name(Known known))) {
      throw damaged("it calls " + called.kindName());
    }
    if (!(given instanceof Pickled.Sequence tuple) || tuple.kind() != Pickled.Sequence.Kind.TUPLE) {
      throw damaged("it calls %s without a tuple".formatted(known.fullName()));
    }
    List<Pickled> arguments = tuple.items();
    return switch (known.meaning()) {
      case DICT -> dict(known, arguments);
      case DEFAULT_DICT -> {
        List<Pickled> rest =
            arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        yield dict(known, rest);
      }
      case LIST -> converted(known, arguments, Pickled.Sequence.Kind.LIST);
      case TUPLE -> converted(known, arguments, Pickled.Sequence.Kind.TUPLE);
      case SET -> converted(known, arguments, Pickled.Sequence.Kind.SET);
      case BYTES -> raw(known, arguments);
      case TENSOR -> tensors.tensor(List.copyOf(arguments));
      case PARAMETER -> {
        if (arguments.isEmpty() || !(arguments.getFirst() instanceof Pickled.Tensor tensor)) {
          throw damaged("it makes a parameter of no tensor");
        }
        yield tensor;
      }
      case DEVICE -> Pickled.None.NONE;
      case NOTHING ->
          throw new CheckpointException(
              "%s wants to call %s; only tensors, numbers and containers are read"
                  .formatted(where, known.fullName()));
    };
  }

  private Pickled dict(Known known, List<Pickled> arguments) {
    Pickled.Dict made = new Pickled.Dict();
    if (arguments.isEmpty()) {
      return made;
    }
    switch (arguments.getFirst()) {
      case Pickled.Dict dict when arguments.size() == 1 -> {
        count(dict.entries().size());
        made.entries().putAll(dict.entries());
      }
      case Pickled.Sequence pairs when arguments.size() == 1 -> {
        for (Pickled pair : pairs.items()) {
          if (!(pair instanceof Pickled.Sequence two) || two.items().size() != 2) {
            throw damaged("it makes %s of no pairs".formatted(known.fullName()));
          }
          put(made, two.items());
        }
      }
      default -> throw damaged("it makes %s of something else".formatted(known.fullName()));
    }
    return made;
  }

  private Pickled converted(Known known, List<Pickled> arguments, Pickled.Sequence.Kind kind) {
    if (arguments.isEmpty()) {
      return sequence(kind, List.of());
    }
    if (arguments.size() == 1 && arguments.getFirst() instanceof Pickled.Sequence items) {
      return sequence(kind, items.items());
    }
    throw damaged("it makes %s of something else".formatted(known.fullName()));
  }

  private Pickled raw(Known known, List<Pickled> arguments) {
    if (arguments.isEmpty()) {
      return new Pickled.Bytes(0);
    }
    return switch (arguments.getFirst()) {
      case Pickled.Words(String text) -> new Pickled.Bytes(text.length());
      case Pickled.Bytes bytes -> bytes;
      default -> throw damaged("it makes %s of something else".formatted(known.fullName()));
    };
  }

  /** Attributes of a dict, such as {@code state_dict()._metadata}: not needed. */
  private void build() {
    Pickled attributes = pop();
    if (!(top() instanceof Pickled.Dict) || !(attributes instanceof Pickled.Dict)) {
      throw damaged("it gives attributes to " + top().kindName());
    }
  }

  private void tuple(int length) {
    List<Pickled> items = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      items.addFirst(pop());
    }
    push(sequence(Pickled.Sequence.Kind.TUPLE, items));
  }

  private Pickled.Sequence sequence(Pickled.Sequence.Kind kind, List<Pickled> items) {
    count(items.size());
    return new Pickled.Sequence(kind, items);
  }

  private void add(List<Pickled> items, Pickled.Sequence.Kind kind) {
    if (!(top() instanceof Pickled.Sequence sequence) || sequence.kind() != kind) {
      throw damaged("it appends to " + top().kindName());
    }
    count(items.size());
    sequence.items().addAll(items);
  }

  private void put(List<Pickled> pairs) {
    put(dictOnTop(), pairs);
  }

  private void put(Pickled.Dict dict, List<Pickled> pairs) {
    if (pairs.size() % 2 != 0) {
      throw damaged("a dict has a key without value");
    }
    count(pairs.size());
    for (int i = 0; i < pairs.size(); i += 2) {
      dict.entries().put(pairs.get(i), pairs.get(i + 1));
    }
  }

  private Pickled.Dict dictOnTop() {
    if (top() instanceof Pickled.Dict dict) {
      return dict;
    }
    throw damaged("it sets an entry of " + top().kindName());
  }

  private void push(Pickled value) {
    count(1);
    stack.add(value);
  }

  private void count(int more) {
    values += more;
    if (values > MOST_VALUES) {
      throw damaged("it holds more than %d values".formatted(MOST_VALUES));
    }
  }

  private Pickled top() {
    if (stack.size() <= (marks.isEmpty() ? 0 : marks.peek())) {
      throw damaged("it takes what is not there");
    }
    return stack.getLast();
  }

  private Pickled pop() {
    Pickled top = top();
    stack.removeLast();
    return top;
  }

  private List<Pickled> popToMark() {
    if (marks.isEmpty()) {
      throw damaged("it takes what is not there");
    }
    List<Pickled> above = stack.subList(marks.pop(), stack.size());
    List<Pickled> items = List.copyOf(above);
    above.clear();
    return items;
  }

  private Pickled remembered(long index) {
    Pickled value = memo.get(index);
    if (value == null) {
      throw damaged("it recalls what it has not remembered");
    }
    return value;
  }

  private String words(Pickled value) {
    if (value instanceof Pickled.Words(String text)) {
      return text;
    }
    throw damaged("a name is " + value.kindName());
  }

  private Pickled whole(int length) {
    if (length > LONGEST_NUMBER) {
      throw damaged("an int has %d bytes".formatted(length));
    }
    byte[] digits = new byte[length];
    bytes(length).get(digits);
    for (int i = 0, j = length - 1; i < j; i++, j--) {
      byte swapped = digits[i];
      digits[i] = digits[j];
      digits[j] = swapped;
    }
    return new Pickled.Whole(length == 0 ? BigInteger.ZERO : new BigInteger(digits));
  }

  private Pickled raw(int length) {
    bytes(length);
    return new Pickled.Bytes(length);
  }

  private String text(int length) {
    ByteBuffer utf8 = bytes(length);
    try {
      // Python's "surrogatepass" writes halves of pairs, which UTF-8 has not: they are replaced
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE)
          .decode(utf8)
          .toString();
    } catch (CharacterCodingException e) {
      throw new CheckpointException(where + " has text that is no UTF-8", e);
    }
  }

  private String line() {
    int start = pickle.position();
    int end = start;
    while (end < pickle.limit() && pickle.get(end) != '\n') {
      end++;
    }
    if (end == pickle.limit()) {
      throw damaged("it ends too early");
    }
    String text = text(end - start);
    pickle.position(end + 1);
    return text;
  }

  private int unsigned(int bytes) {
    ByteBuffer number = bytes(bytes);
    return bytes == 1 ? Byte.toUnsignedInt(number.get()) : Short.toUnsignedInt(number.getShort());
  }

  /** A length, which cannot be more than what is left. */
  private int length(int bytes) {
    ByteBuffer number = bytes(bytes);
    long length = bytes == 4 ? Integer.toUnsignedLong(number.getInt()) : number.getLong();
    if (length < 0 || length > pickle.remaining()) {
      throw damaged("it ends too early");
    }
    return (int) length;
  }

  private ByteBuffer bytes(int count) {
    if (count > pickle.remaining()) {
      throw damaged("it ends too early");
    }
    ByteBuffer part = pickle.slice(pickle.position(), count).order(ByteOrder.LITTLE_ENDIAN);
    pickle.position(pickle.position() + count);
    return part;
  }

  private CheckpointException damaged(String how) {
    return new CheckpointException(
        "%s is damaged: of its pickle, %s (at byte %d)".formatted(where, how, pickle.position()));
  }
}
