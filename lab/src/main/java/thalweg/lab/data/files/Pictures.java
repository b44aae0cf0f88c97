package thalweg.lab.data.files;

import thalweg.torch.Features;
import thalweg.torch.Form;

/** Labelled pictures as files hold them. */
public final class Pictures {
  private final Pixels pixels;
  private final Form.Image form;
  private final int[] labels;

  Pictures(Pixels pixels, Form.Image form, int[] labels) {
    this.pixels = pixels;
    this.form = form;
    this.labels = labels;
  }

  public Form.Image form() {
    return form;
  }

  /** The class of each picture; do not write to it. */
  public int[] labels() {
    return labels;
  }

  /** Mean and deviation of each channel over some of the pictures. */
  public PixelScale fit(int[] rows) {
    return pixels.fit(rows);
  }

  /** The pictures, scaled when they are read. */
  public Features features(PixelScale scale) {
    return pixels.scaled(scale);
  }
}
