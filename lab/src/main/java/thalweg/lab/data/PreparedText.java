package thalweg.lab.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import thalweg.lab.BadInput;
import thalweg.lab.data.text.Corpus;
import thalweg.lab.data.text.TextWindows;
import thalweg.torch.Form;
import thalweg.torch.Samples;

/** A text for a language model: windows of characters, and the character that comes next. */
final class PreparedText {
  private static final double SHARE = 0.05;

  private PreparedText() {}

  static Prepared of(DataRequest request) {
    request.withoutAugmentation();
    Path file = request.path() == null ? sourcesOfJdk() : request.path();
    Shares shares = request.shares(SHARE, SHARE);
    Corpus corpus = Corpus.read(file, request.textBytes(), shares.validation(), shares.test());
    int characters = corpus.characters().size();
    int length = request.textLength();
    Samples train = TextWindows.samples(corpus.train(), length, characters);
    Samples validation = TextWindows.samples(corpus.validation(), length, characters);
    Samples test = TextWindows.samples(corpus.test(), length, characters);
    if (train.rows() == 0 || validation.rows() == 0 || (shares.test() > 0 && test.rows() == 0)) {
      throw new BadInput(
          "%s has %d characters, %d to train, %d to validate and %d to test; each part needs %d: give a longer text, a smaller --text-length or other shares"
              .formatted(
                  file,
                  corpus.length(),
                  corpus.train().length(),
                  corpus.validation().length(),
                  corpus.test().length(),
                  length + 1L));
    }
    return new Prepared(
        String.valueOf(file.getFileName()),
        "the text " + file,
        new Form.Text(length, characters),
        first(train, request.limit()),
        first(validation, request.limit()),
        first(test, request.limit()),
        corpus.characters().names(),
        new float[0],
        Optional.empty(),
        List.of(
            "%d characters, %d different ones in the training part; the first %d train, the next %d validate, the last %d test"
                .formatted(
                    corpus.length(),
                    characters - 1,
                    corpus.train().length(),
                    corpus.validation().length(),
                    corpus.test().length())));
  }

  /** The first windows of a part, which a limit leaves. */
  private static Samples first(Samples samples, int limit) {
    if (limit == 0 || samples.rows() <= limit) {
      return samples;
    }
    return samples.select(IntStream.range(0, limit).toArray());
  }

  private static Path sourcesOfJdk() {
    @Nullable String home = System.getProperty("java.home");
    Path sources = Path.of(home == null ? "" : home, "lib", "src.zip");
    if (!Files.isRegularFile(sources)) {
      throw new BadInput(
          "data 'text' needs a text, and this JDK comes without its sources: add --text FILE");
    }
    return sources;
  }
}
