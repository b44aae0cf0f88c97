package thalweg.lab.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One HTML file that needs nothing else: style, chart library, scripts and numbers are inside, and
 * its own policy forbids it to load anything.
 *
 * <p>All pages have one frame, style and scripts: {@code page.html}, {@code page.css}, {@code
 * page.js} and {@code chart.js} beside this class. A page adds its own three, which hold only what
 * it alone has: the content between head and foot, with a place {@code {{name}}} for each part, its
 * style, and its script, which finds these in {@code page} and {@code chart}.
 *
 * @param own path of its three resources without their endings
 * @param about what follows the name Thalweg at the top
 * @param title plain text
 * @param lead the first paragraph, plain text
 * @param parts of its content, as HTML; texts in them have been escaped
 * @param json the numbers, one object with a {@code format}
 * @param looks of its lines, in the order of its numbers
 * @param version of the library
 */
public record Page(
    String own,
    String about,
    String title,
    String lead,
    Map<String, String> parts,
    String json,
    List<Look> looks,
    String format,
    String version) {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z_]+)}}");
  private static final String SHARED = "/thalweg/lab/page/page";
  private static final JsonMapper MAPPER = new JsonMapper();

  public Page {
    parts = Map.copyOf(parts);
    looks = List.copyOf(looks);
  }

  /**
   * The whole file.
   *
   * @param scripts what the page's own script needs besides {@code page} and {@code chart}
   */
  public String html(String... scripts) {
    return filled(
        resource(SHARED + ".html"),
        Map.ofEntries(
            Map.entry("about", Html.escape(about)),
            Map.entry("title", Html.escape(title)),
            Map.entry("lead", Html.escape(lead)),
            Map.entry("main", filled(resource(own + ".html"), parts)),
            Map.entry("json", Html.script(json)),
            Map.entry("looks", Html.script(text(looks))),
            Map.entry("format", Html.escape(format)),
            Map.entry("version", Html.escape(version)),
            Map.entry("css", resource(SHARED + ".css") + resource(own + ".css")),
            Map.entry("js", resource(SHARED + ".js") + resource("/thalweg/lab/page/chart.js")),
            Map.entry("own_js", String.join("\n", scripts) + resource(own + ".js")),
            Map.entry("echarts_version", Html.escape(echartsVersion())),
            Map.entry("echarts", echarts())));
  }

  /** Where a line's look is shown beside its name; the script draws it. */
  public static String swatch(int line) {
    return "<span class=\"swatch\" data-swatch=\"%d\"></span>".formatted(line);
  }

  /** A part of a page's content, from a template of its own. */
  public static String part(String template, Map<String, String> parts) {
    return filled(resource(template), parts);
  }

  private static String filled(String template, Map<String, String> parts) {
    return PLACE
        .matcher(template)
        .replaceAll(place -> {
          @Nullable String part = parts.get(place.group(1));
          if (part == null) {
            throw new IllegalStateException("the page asks for unknown " + place.group());
          }
          return Matcher.quoteReplacement(part);
        });
  }

  /** A number as {@code page.figure} in the scripts writes it: four digits; a dash for none. */
  public static String figure(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
    double size = Math.abs(value);
    if (size >= 1e-3 && size < 1e6) {
      return rounded.toPlainString();
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    return rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString()
        + "e"
        + exponent;
  }

  /** Looks as JSON, for the scripts. */
  public static String text(List<Look> looks) {
    try {
      return MAPPER.writeValueAsString(looks);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("looks do not turn into JSON", e);
    }
  }

  private static String echarts() {
    return resource(echartsPath());
  }

  /** Where the chart library lies on the class path. */
  public static String echartsPath() {
    return "/META-INF/resources/webjars/echarts/" + echartsVersion() + "/echarts.min.js";
  }

  private static String echartsVersion() {
    return version("org.webjars", "echarts");
  }

  /** The version of a library that is on the class path as a WebJar. */
  static String version(String group, String name) {
    Properties properties = new Properties();
    try {
      properties.load(
          new StringReader(
              resource("/META-INF/maven/%s/%s/pom.properties".formatted(group, name))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }

  /** A text on the class path. */
  public static String resource(String path) {
    try (@Nullable InputStream in = Page.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(
            "%s is not on the class path; the page needs it (org.webjars holds the charts and the surfaces)"
                .formatted(path));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
