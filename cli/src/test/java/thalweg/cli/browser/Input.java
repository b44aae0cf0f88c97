package thalweg.cli.browser;

import java.util.Map;

/** Mouse and keyboard. */
final class Input {
  private final DevTools tools;

  Input(DevTools tools) {
    this.tools = tools;
  }

  void press(double x, double y) {
    move(x, y, false);
    mouse("mousePressed", x, y, "left", 1);
  }

  void release(double x, double y) {
    mouse("mouseReleased", x, y, "left", 0);
  }

  /**
   * Moves the pointer.
   *
   * @param pressed with the left button down
   */
  void move(double x, double y, boolean pressed) {
    mouse("mouseMoved", x, y, pressed ? "left" : "none", pressed ? 1 : 0);
  }

  private void mouse(String type, double x, double y, String button, int buttons) {
    tools.call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            x,
            "y",
            y,
            "button",
            button,
            "buttons",
            buttons,
            "clickCount",
            type.equals("mouseMoved") ? 0 : 1));
  }

  void key(String name) {
    boolean writes = name.length() == 1;
    String text = writes ? name : name.equals("Enter") ? "\r" : "";
    int code = code(name);
    send(text.isEmpty() ? "rawKeyDown" : "keyDown", name, text, code);
    send("keyUp", name, "", code);
  }

  private void send(String type, String name, String text, int code) {
    tools.call(
        "Input.dispatchKeyEvent",
        Map.of(
            "type",
            type,
            "key",
            name,
            "code",
            name.equals(" ") ? "Space" : name,
            "text",
            text,
            "windowsVirtualKeyCode",
            code));
  }

  /** The number of a key, which decides what the browser itself does with it. */
  private static int code(String name) {
    return switch (name) {
      case "Tab" -> 9;
      case "Enter" -> 13;
      case "Escape" -> 27;
      case "PageUp" -> 33;
      case "PageDown" -> 34;
      case "End" -> 35;
      case "Home" -> 36;
      case "ArrowLeft" -> 37;
      case "ArrowUp" -> 38;
      case "ArrowRight" -> 39;
      case "ArrowDown" -> 40;
      default -> {
        if (name.length() != 1) {
          throw new IllegalArgumentException("no such key here: " + name);
        }
        yield Character.toUpperCase(name.charAt(0));
      }
    };
  }
}
