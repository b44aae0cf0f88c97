package thalweg.lab.serve.http;

/**
 * What a server bears.
 *
 * @param requestsPerSecond answered, on average
 * @param burst requests that may come at once after a rest
 * @param streams answers that come in pieces, at a time
 * @param slowMillis after which a reader that does not read is cut off
 */
public record Limits(double requestsPerSecond, int burst, int streams, long slowMillis) {
  /** For one person with some pages open. */
  public static final Limits USUAL = new Limits(100, 300, 32, 10_000);
}
