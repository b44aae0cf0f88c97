package thalweg.lab.reproduce;

/** The small networks of the experiments, with their data. */
final class Usual {
  private static final int BATCH = 32;

  private Usual() {}

  static Trial cnn() {
    return Trial.of(
        Digits.pictures(),
        "cnn(channels=[8, 16], batch_norm=false, dropout=0, hidden=32)",
        BATCH,
        12);
  }

  static Trial lstm() {
    return Trial.of(Digits.rowByRow(), "lstm(hidden=32)", BATCH, 16);
  }

  static Trial transformer() {
    return Trial.of(
        Digits.rowByRow(),
        "transformer(width=32, heads=4, layers=2, dropout=0, feedforward=64)",
        BATCH,
        12);
  }

  static Trial mlp() {
    return Trial.of(Digits.table(), "mlp(hidden=[64])", BATCH, 12);
  }
}
