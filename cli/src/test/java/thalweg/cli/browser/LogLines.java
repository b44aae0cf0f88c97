package thalweg.cli.browser;

/** Lines of logs as runs write them. */
final class LogLines {
  static final String START =
      "{\"kind\":\"start\",\"format\":\"run/1\",\"time\":\"2026-01-01T00:00:00Z\",\"settings\":{\"optimizer\":\"adamw\"},\"metrics\":[\"accuracy\"],\"epochs\":4,\"total_steps\":40,\"resumed_step\":0,\"validation\":{\"loss\":2.3,\"accuracy\":0.1}}\n";

  private LogLines() {}

  static String step(int step) {
    return step(step, 2.0 / step);
  }

  static String step(int step, double loss) {
    return "{\"kind\":\"step\",\"step\":%d,\"epoch\":%d,\"loss\":%s,\"lr\":0.001,\"gradient_norm\":1.5,\"forward_backward_ms\":2,\"optimizer_ms\":0.2}\n"
        .formatted(step, 1 + step / 10, loss);
  }

  static String epoch(int epoch) {
    return "{\"kind\":\"epoch\",\"epoch\":%d,\"step\":%d,\"train_loss\":%s,\"validation\":{\"loss\":0.5,\"accuracy\":0.9},\"seconds\":1.5,\"optimizer_share\":0.1,\"heap_bytes\":20000000,\"resident_bytes\":300000000}\n"
        .formatted(epoch, 10 * epoch, 1.0 / epoch);
  }

  static String end(int step) {
    return "{\"kind\":\"end\",\"ending\":\"completed\",\"step\":%d}\n".formatted(step);
  }
}
