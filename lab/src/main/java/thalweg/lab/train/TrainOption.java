package thalweg.lab.train;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An option of {@code thalweg train}: its name, what it takes, and what it is for. */
public enum TrainOption {
  DATA(
      Topic.DATA,
      Kind.TEXT,
      "NAME",
      "digits",
      "What to learn from, see below; not needed with --csv, --libsvm or --text."),
  DATA_DIR(
      Topic.DATA,
      Kind.FILE,
      "DIR",
      null,
      "The folder with the files of mnist, fashion_mnist, idx or cifar10."),
  CSV(Topic.DATA, Kind.FILE, "FILE", null, "Your own table: a header line, a row a line."),
  LIBSVM(Topic.DATA, Kind.FILE, "FILE", null, "Your own sparse rows: label index:value …"),
  TEXT(
      Topic.DATA,
      Kind.FILE,
      "FILE",
      null,
      "Your own text, for a language model of characters; of a zip its .java files."),
  TARGET(Topic.DATA, Kind.TEXT, "COLUMN", null, "With --csv: the column to predict."),
  TASK(
      Topic.DATA,
      Kind.TEXT,
      "TASK",
      null,
      "With --csv or --libsvm: classification or regression (default: guessed)."),
  DELIMITER(
      Topic.DATA,
      Kind.TEXT,
      "C",
      null,
      "With --csv: what separates the columns (default: detected)."),
  VALIDATION_SHARE(
      Topic.DATA,
      Kind.PART,
      "X",
      null,
      "Share of the rows to validate on (default: 0.2, of text 0.05)."),
  TEST_SHARE(
      Topic.DATA,
      Kind.SHARE,
      "X",
      null,
      "Share of the rows to test on at the end (default: none, of text 0.05, or the data's own)."),
  LIMIT(Topic.DATA, Kind.COUNT, "N", null, "At most so many rows of each part."),
  TEXT_LENGTH(
      Topic.DATA, Kind.COUNT, "N", "64", "With --text: characters the model sees at a time."),
  TEXT_BYTES(Topic.DATA, Kind.COUNT, "N", "1000000", "With --text: at most so much of the file."),
  AUGMENT(
      Topic.DATA,
      Kind.TEXT,
      "LIST",
      null,
      "For pictures, anew each epoch, as in shift:1,flip,rotate:10,cutout:3."),
  CURRICULUM(
      Topic.DATA,
      Kind.TEXT,
      "SPEC",
      null,
      "Easy rows first, as in distance:0.2:5: by distance to the mean of the class, loss of a"
          + " linear model, or a column of the table; share of the first epoch; first epoch with"
          + " all rows."),
  NO_STANDARDIZE(Topic.DATA, Kind.FLAG, "", null, "Leave numbers on the scale they have."),

  MODEL(
      Topic.NETWORK,
      Kind.TEXT,
      "SPEC",
      null,
      "The network, see below (default: one that fits the data)."),
  FROM(
      Topic.NETWORK,
      Kind.FILE,
      "FILE",
      null,
      "Start from the weights of a safetensors file; what does not fit starts anew."),
  FREEZE(
      Topic.NETWORK,
      Kind.TEXT,
      "body",
      null,
      "Train the last layer only; with body:N, only in the first N epochs."),
  BODY_RATE(
      Topic.NETWORK,
      Kind.FACTOR,
      "X",
      null,
      "Learning rate of all but the last layer, as a share of the last layer's."),

  OPTIMIZER(
      Topic.LEARNING,
      Kind.TEXT,
      "SPEC",
      "adamw",
      "An optimizer or chain in text form, as thalweg list names them."),
  SCHEDULE(
      Topic.LEARNING,
      Kind.TEXT,
      "SPEC",
      null,
      "What the learning rate follows, as in 'warmup(100).then(cosine_annealing(900))'."),
  EPOCHS(Topic.LEARNING, Kind.COUNT, "N", "10", "How often the network sees every training row."),
  STEPS(Topic.LEARNING, Kind.COUNT, "N", null, "Stop after so many updates, if that comes first."),
  BATCH(Topic.LEARNING, Kind.TEXT, "N", "32", "Rows in a step: a number, full or one."),
  ACCUMULATE(
      Topic.LEARNING, Kind.COUNT, "K", "1", "Batches whose gradients are averaged for a step."),
  LOSS(
      Topic.LEARNING,
      Kind.TEXT,
      "SPEC",
      null,
      "cross_entropy, binary_cross_entropy, mse, mae, huber(delta=1) or perceptron (default: what"
          + " fits the data)."),
  LABEL_SMOOTHING(
      Topic.LEARNING, Kind.SHARE, "X", null, "Share of each target spread over all classes."),
  CLASS_WEIGHTS(Topic.LEARNING, Kind.FLAG, "", null, "Let rare classes weigh more in the loss."),
  METRICS(
      Topic.LEARNING,
      Kind.TEXT,
      "LIST",
      null,
      "accuracy, macro_f1, r2, perplexity (default: what fits the data)."),
  CLIP(Topic.LEARNING, Kind.POSITIVE, "X", null, "Shorten gradients whose norm is above X."),
  NOISE(
      Topic.LEARNING,
      Kind.POSITIVE,
      "X",
      null,
      "Add normal noise of variance X / t^0.55 to the gradients."),
  PRECISION(Topic.LEARNING, Kind.TEXT, "TYPE", "fp32", "fp32, or bf16 for forward and backward."),
  EMA(Topic.LEARNING, Kind.PART, "D", null, "Average the weights exponentially, as 0.999."),
  SWA(Topic.LEARNING, Kind.COUNT, "N", null, "Average the weights from epoch N on."),
  EARLY_STOPPING(
      Topic.LEARNING, Kind.COUNT, "N", null, "Stop after N epochs without a better validation."),

  RUN(
      Topic.RUN,
      Kind.FILE,
      "DIR",
      null,
      "A new folder for all that the run leaves (default: runs/DATA-MODEL)."),
  CHECKPOINT_EVERY(Topic.RUN, Kind.COUNT, "N", "1000", "Steps from one checkpoint to the next."),
  LOG_EVERY(Topic.RUN, Kind.COUNT, "N", "10", "Steps from one line of the log to the next."),
  TENSORBOARD(Topic.RUN, Kind.FLAG, "", null, "Write event files for TensorBoard as well."),
  SAMPLE(
      Topic.RUN, Kind.COUNT_OR_NONE, "N", "200", "Characters a language model writes at its end."),
  SEED(Topic.COMMON, Kind.SEED, "N", "1", "Seed of everything random.");

  /** Under what heading an option stands. */
  public enum Topic {
    DATA("Data"),
    NETWORK("Network"),
    LEARNING("Learning"),
    RUN("The run"),
    /** Declared by every command. */
    COMMON("");

    private final String heading;

    Topic(String heading) {
      this.heading = heading;
    }

    public String heading() {
      return heading;
    }
  }

  /** What an option takes. */
  public enum Kind {
    TEXT("text"),
    FILE("a path"),
    /** Present or not. */
    FLAG("true or false"),
    COUNT("a whole number from 1 to " + Integer.MAX_VALUE),
    COUNT_OR_NONE("a whole number from 0 to " + Integer.MAX_VALUE),
    POSITIVE("a finite number above 0"),
    /** Of something of which nothing may be taken. */
    SHARE("a number of at least 0 and below 1"),
    /** Of something of which some must be taken, and some left. */
    PART("a number above 0 and below 1"),
    FACTOR("a number above 0 and at most 1"),
    SEED("a whole number of 64 bits");

    private final String wanted;

    Kind(String wanted) {
      this.wanted = wanted;
    }

    String wanted() {
      return wanted;
    }

    boolean takes(String value) {
      try {
        return switch (this) {
          case TEXT, FILE -> !value.isBlank();
          case FLAG -> value.equals("true") || value.equals("false");
          case COUNT -> Integer.parseInt(value) >= 1;
          case COUNT_OR_NONE -> Integer.parseInt(value) >= 0;
          case POSITIVE -> parsed(value) > 0 && Double.isFinite(parsed(value));
          case SHARE -> parsed(value) >= 0 && parsed(value) < 1;
          case PART -> parsed(value) > 0 && parsed(value) < 1;
          case FACTOR -> parsed(value) > 0 && parsed(value) <= 1;
          case SEED -> Long.toString(Long.parseLong(value)) != null;
        };
      } catch (NumberFormatException e) {
        return false;
      }
    }

    private static double parsed(String value) {
      return Double.parseDouble(value);
    }
  }

  private final Topic topic;
  private final Kind kind;
  private final String label;
  private final @Nullable String standard;
  private final String description;

  TrainOption(Topic topic, Kind kind, String label, @Nullable String standard, String description) {
    this.topic = topic;
    this.kind = kind;
    this.label = label;
    this.standard = standard;
    this.description = description;
  }

  /** The name without dashes in front, as {@code data-dir}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name on the command line, as {@code --data-dir}. */
  public String option() {
    return "--" + id();
  }

  public Topic topic() {
    return topic;
  }

  public Kind kind() {
    return kind;
  }

  /** What stands for the value in a help text. */
  public String label() {
    return label;
  }

  /** The value where none is given; empty if it is left out then, or depends. */
  public Optional<String> standard() {
    return Optional.ofNullable(standard);
  }

  /** One sentence for a help text, with the default. */
  public String description() {
    return standard == null
        ? description
        : description.substring(0, description.length() - 1) + " (default: " + standard + ").";
  }

  /** Those under one heading. */
  public static List<TrainOption> of(Topic topic) {
    return Stream.of(values()).filter(option -> option.topic == topic).toList();
  }

  /** The option of a name with or without dashes in front. */
  public static Optional<TrainOption> named(String name) {
    String bare = name.replaceFirst("^--", "");
    return Stream.of(values()).filter(option -> option.id().equals(bare)).findFirst();
  }
}
