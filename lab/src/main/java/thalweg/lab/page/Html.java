package thalweg.lab.page;

import java.util.Map;

/** Texts and lists of facts as HTML. */
public final class Html {
  private Html() {}

  /** A text for an element's content or a quoted attribute. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** JSON for a script element: nothing in it can end the element or begin another. */
  public static String script(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  /** A list of names and values, in the map's order. */
  public static String facts(Map<String, String> facts) {
    StringBuilder html = new StringBuilder("<dl>");
    facts.forEach((name, value) ->
        html.append("<dt>")
            .append(escape(name))
            .append("</dt><dd>")
            .append(escape(value))
            .append("</dd>"));
    return html.append("</dl>").toString();
  }
}
