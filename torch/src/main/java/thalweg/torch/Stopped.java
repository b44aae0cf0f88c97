package thalweg.torch;

/** An evaluation was left before its end, since the training was cancelled; nothing has changed. */
final class Stopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Stopped() {
    super("the training was cancelled", null, false, false);
  }
}
