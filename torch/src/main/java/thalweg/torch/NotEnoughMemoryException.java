package thalweg.torch;

/** libtorch could not have the memory it asked for; the message says what to change. */
public final class NotEnoughMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NotEnoughMemoryException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether a failure is libtorch's or JavaCPP's way to say that there is no memory left. */
  public static boolean isBehind(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("not enough memory")
        || message.contains("can't allocate memory")
        || message.contains("std::bad_alloc")
        || (failure instanceof OutOfMemoryError && message.contains("Physical memory usage"));
  }

  /** libtorch's first line without its source places. */
  public static String reason(Throwable failure) {
    String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip();
    String bare = line.replaceFirst("^\\[enforce fail at [^\\]]*\\] ?[^:]*\\. ", "");
    return bare.length() > 200 ? bare.substring(0, 200) + "…" : bare;
  }
}
