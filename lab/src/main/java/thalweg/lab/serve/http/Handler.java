package thalweg.lab.serve.http;

import java.io.IOException;
import java.util.List;

/** Answers the requests for one path. */
public interface Handler {
  /**
   * Answers.
   *
   * @param names what the path has in the places of its stars, decoded
   * @throws Refusal if it cannot be answered as asked
   * @throws IOException if the reader has gone
   */
  void answer(Call call, List<String> names) throws IOException;
}
