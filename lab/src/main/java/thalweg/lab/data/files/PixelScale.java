package thalweg.lab.data.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import thalweg.torch.Features;

/**
 * What becomes of the pixels of a channel: (x - mean) / deviation. What was a byte is x in [0, 1];
 * other numbers are as they are.
 *
 * @param mean one a channel
 * @param deviation one a channel, over n
 */
@SuppressWarnings("ArrayRecordComponent") // a few numbers, never compared
public record PixelScale(double[] mean, double[] deviation) {
  /** Leaves x as it is. */
  public static PixelScale none(int channels) {
    double[] ones = new double[channels];
    Arrays.fill(ones, 1);
    return new PixelScale(new double[channels], ones);
  }

  /** What becomes of x; a channel of one value is shifted only. */
  public float apply(int channel, double x) {
    double divisor = deviation[channel] == 0 ? 1 : deviation[channel];
    return (float) ((x - mean[channel]) / divisor);
  }

  /** Mean and deviation of pictures without a file, {@code [rows, channels * plane]}. */
  public static PixelScale fit(Features pictures, int channels) {
    float[] values = pictures.toArray();
    int plane = pictures.columns() / channels;
    double count = (double) pictures.rows() * plane;
    double[] mean = new double[channels];
    for (int i = 0; i < values.length; i++) {
      mean[i / plane % channels] += values[i] / count;
    }
    double[] deviation = new double[channels];
    for (int i = 0; i < values.length; i++) {
      double off = values[i] - mean[i / plane % channels];
      deviation[i / plane % channels] += off * off / count;
    }
    Arrays.setAll(deviation, c -> Math.sqrt(deviation[c]));
    return new PixelScale(mean, deviation);
  }

  /** Pictures in memory, scaled. */
  public Features of(Features pictures) {
    float[] values = pictures.toArray();
    int plane = pictures.columns() / mean.length;
    for (int i = 0; i < values.length; i++) {
      values[i] = apply(i / plane % mean.length, values[i]);
    }
    return Features.of(pictures.columns(), values);
  }

  /** In words, as {@code pixels standardized: mean 0.31, deviation 0.38}. */
  public String text() {
    List<String> parts = new ArrayList<>();
    for (int c = 0; c < mean.length; c++) {
      parts.add(String.format(Locale.ROOT, "mean %.4f, deviation %.4f", mean[c], deviation[c]));
    }
    return "pixels standardized, as the training part is: " + String.join("; ", parts);
  }

  /** What becomes of black, one a channel: what lies around a picture that was moved. */
  public float[] black() {
    float[] black = new float[mean.length];
    for (int c = 0; c < black.length; c++) {
      black[c] = apply(c, 0);
    }
    return black;
  }
}
