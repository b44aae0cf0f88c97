package thalweg.lab.serve.http;

/** A request that is not answered as asked: an HTTP status, and one line that says why. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status of HTTP, 400 to 599
   * @param line what, got, where, what to do
   */
  public Refusal(int status, String line) {
    super(line.replaceAll("\\R+", " "), null, false, false);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
