package thalweg.lab.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;

/**
 * An animation as a viewer reads it.
 *
 * @param frames each as it is seen, over those before
 * @param delays in hundredths of a second
 * @param loop the bytes of the loop extension
 */
record GifFile(List<BufferedImage> frames, List<Integer> delays, List<Byte> loop) {
  static GifFile read(byte[] bytes) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    List<BufferedImage> frames = new ArrayList<>();
    List<Integer> delays = new ArrayList<>();
    List<Byte> loop = new ArrayList<>();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in);
      BufferedImage seen = null;
      for (int i = 0; i < reader.getNumImages(true); i++) {
        BufferedImage image = reader.read(i);
        var root =
            (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
        if (seen == null) {
          seen = new BufferedImage(image.getWidth(), image.getHeight(), 1);
        }
        var next = new BufferedImage(seen.getWidth(), seen.getHeight(), 1);
        Graphics2D graphics = next.createGraphics();
        graphics.drawImage(seen, 0, 0, null);
        var place = (IIOMetadataNode) root.getElementsByTagName("ImageDescriptor").item(0);
        graphics.drawImage(
            image, number(place, "imageLeftPosition"), number(place, "imageTopPosition"), null);
        graphics.dispose();
        frames.add(next);
        seen = next;
        var control =
            (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
        delays.add(number(control, "delayTime"));
        if (root.getElementsByTagName("ApplicationExtension").item(0)
            instanceof IIOMetadataNode n) {
          for (byte b : (byte[]) n.getUserObject()) {
            loop.add(b);
          }
        }
      }
    }
    return new GifFile(frames, delays, loop);
  }

  private static int number(IIOMetadataNode node, String name) {
    return Integer.parseInt(node.getAttribute(name));
  }
}
