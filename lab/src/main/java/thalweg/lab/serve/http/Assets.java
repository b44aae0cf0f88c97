package thalweg.lab.serve.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import thalweg.lab.page.Page;

/** The files of the pages: a fixed list of names, each a resource of the class path. */
public final class Assets {
  private record Asset(String type, byte[] bytes, String tag) {}

  private final Map<String, Asset> byPath = new LinkedHashMap<>();

  /**
   * Adds one.
   *
   * @param path it is asked for by
   * @param resources whose texts, one after the other, it is
   */
  public Assets add(String path, String... resources) {
    return add(path, Stream.of(resources).map(Page::resource).toList());
  }

  /**
   * Adds one.
   *
   * @param texts of which, one after the other, it is made
   */
  public Assets add(String path, List<String> texts) {
    byte[] bytes = String.join("\n", texts).getBytes(StandardCharsets.UTF_8);
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    String tag = "\"" + HexFormat.of().toHexDigits(sum.getValue(), 8) + "\"";
    byPath.put(path, new Asset(type(path), bytes, tag));
    return this;
  }

  private static String type(String path) {
    String ending = path.substring(path.lastIndexOf('.') + 1);
    return switch (ending) {
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("no type is known for " + path);
    };
  }

  /** Answers with one; false if there is none of that path. */
  boolean answer(Call call, String path) throws IOException {
    @Nullable Asset asset = byPath.get(path);
    if (asset == null) {
      return false;
    }
    call.asset(asset.type, asset.bytes, asset.tag);
    return true;
  }
}
