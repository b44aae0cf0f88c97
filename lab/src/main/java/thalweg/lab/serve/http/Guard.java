package thalweg.lab.serve.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask: this server's own pages and whoever sits before the machine, not other sites that
 * are open in the same browser.
 *
 * <p>A page elsewhere can make a browser send requests here in three ways. Under a name of its own
 * that it lets point here (DNS rebinding): the Host header then has that name, and only the
 * server's own, localhost and plain addresses are taken. From its own place: browsers say so in
 * Sec-Fetch-Site and Origin, and send no answer back, since none allows it. With a form: what
 * changes something takes a header with a word that only this server's pages know.
 */
public final class Guard {
  /** The header that has the word. */
  public static final String TOKEN_HEADER = "X-Thalweg-Token";

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.%]+]");
  private static final int RANDOM_BYTES = 24;

  private final String host;
  private final String token;

  /** Of a server that is asked for by this name. */
  public Guard(String host) {
    this.host = host.toLowerCase(Locale.ROOT);
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    token = HexFormat.of().formatHex(random);
  }

  /** The word for {@link #TOKEN_HEADER}, new with each server. */
  public String token() {
    return token;
  }

  /**
   * Lets a request pass.
   *
   * @throws Refusal if it comes from elsewhere, or may not do what it asks for
   */
  void check(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    checkHost(headers.getFirst("Host"));
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    if (path != null && path.startsWith("/api/")) {
      checkSite(headers);
    }
    if (method.equals("POST")) {
      checkOrigin(headers);
      @Nullable String word = headers.getFirst(TOKEN_HEADER);
      if (word == null || !same(word, token)) {
        throw new Refusal(
            403, "this page is from before the server's last start; load it again and repeat that");
      }
    }
  }

  private void checkHost(@Nullable String header) {
    String name = header == null ? "" : header.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    if (!name.equals("localhost") && !name.equals(host) && !ADDRESS.matcher(name).matches()) {
      throw new Refusal(
          403,
          "this server does not go by the name '%s'; open it as 127.0.0.1 or localhost"
              .formatted(header == null ? "" : header));
    }
  }

  private static void checkSite(Headers headers) {
    @Nullable String site = headers.getFirst("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw new Refusal(403, "another site asked for this; only this server's own pages may");
    }
  }

  private static void checkOrigin(Headers headers) {
    @Nullable String origin = headers.getFirst("Origin");
    @Nullable String from;
    try {
      from = origin == null ? null : URI.create(origin).getAuthority();
    } catch (IllegalArgumentException _) {
      from = null;
    }
    if (from == null || !from.equalsIgnoreCase(headers.getFirst("Host"))) {
      throw new Refusal(403, "only this server's own pages may ask for that");
    }
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
