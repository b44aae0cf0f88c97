package thalweg.cli;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;

/** The frames of an animation as a viewer shows them, each over those before. */
final class GifFrames {
  private GifFrames() {}

  static List<BufferedImage> of(Path file) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    List<BufferedImage> frames = new ArrayList<>();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in);
      for (int i = 0; i < reader.getNumImages(true); i++) {
        BufferedImage part = reader.read(i);
        BufferedImage before = frames.isEmpty() ? part : frames.getLast();
        var frame =
            new BufferedImage(before.getWidth(), before.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = frame.createGraphics();
        graphics.drawImage(before, 0, 0, null);
        var root =
            (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
        var place = (IIOMetadataNode) root.getElementsByTagName("ImageDescriptor").item(0);
        graphics.drawImage(
            part, number(place, "imageLeftPosition"), number(place, "imageTopPosition"), null);
        graphics.dispose();
        frames.add(frame);
      }
    }
    return frames;
  }

  private static int number(IIOMetadataNode node, String name) {
    return Integer.parseInt(node.getAttribute(name));
  }
}
