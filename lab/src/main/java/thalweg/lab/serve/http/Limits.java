package thalweg.lab.serve.http;

/**
 * What a server bears.
 *
 * @param connections open at a time
 * @param requestsPerSecond answered, on average
 * @param burst requests that may come at once after a rest
 * @param streams answers that come in pieces, at a time
 * @param slowMillis after which a reader that does not read is cut off
 */
public record Limits(
    int connections, double requestsPerSecond, int burst, int streams, long slowMillis) {
  /**
   * For one person with some pages open. A connection costs little, as its thread is a virtual one:
   * many that are never finished leave room for others.
   */
  public static final Limits USUAL = new Limits(1000, 100, 300, 32, 10_000);
}
