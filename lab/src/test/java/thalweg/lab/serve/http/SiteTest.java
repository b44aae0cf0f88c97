package thalweg.lab.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SiteTest {
  private static HttpResponse<String> answer(Handler handler)
      throws IOException, InterruptedException {
    Guard guard = new Guard("127.0.0.1");
    try (Site site = new Site(new Assets(), guard, Limits.USUAL, _ -> Optional.empty());
        HttpClient client = HttpClient.newHttpClient()) {
      site.on("GET", "/it", handler);
      int port = site.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).getPort();
      URI uri = URI.create("http://127.0.0.1:%d/it".formatted(port));
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  @Test
  void aFileThatCannotBeReadIsSaid() throws Exception {
    HttpResponse<String> answer =
        answer((_, _) -> {
          throw new AccessDeniedException("runs/one/log.jsonl");
        });
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("cannot read runs/one/log.jsonl: AccessDeniedException");
  }

  @Test
  void aFileThatIsGoneByThenIsNotThere() throws Exception {
    HttpResponse<String> answer =
        answer((_, _) -> {
          throw new NoSuchFileException("runs/one/log.jsonl");
        });
    assertThat(answer.statusCode()).isEqualTo(404);
  }
}
