package thalweg.lab.data.files;

import thalweg.torch.Features;

/** The numbers of pictures as files hold them. */
sealed interface Pixels permits BytePictures, NumberPictures {
  /** Mean and deviation of each channel over some of the pictures. */
  PixelScale fit(int[] rows);

  /** The pictures, scaled when they are read. */
  Features scaled(PixelScale scale);
}
