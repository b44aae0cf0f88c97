package thalweg.lab.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes an endless animation. All frames have one palette; each holds only the rectangle that
 * changed, and in it nothing for what did not.
 */
final class Gif {
  private static final String STREAM = "javax_imageio_gif_stream_1.0";
  private static final String FRAME = "javax_imageio_gif_image_1.0";

  private final Palette palette;
  private final int width;
  private final int height;
  private final ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes);
  private byte @Nullable [] before;

  Gif(Palette palette, int width, int height) {
    this.palette = palette;
    this.width = width;
    this.height = height;
    writer.setOutput(out);
    try {
      writer.prepareWriteSequence(head());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds a frame of the whole size.
   *
   * @param places of its colours in the palette
   * @param hundredths of a second that it stays, at least 2: less is taken for 10 by browsers
   */
  void add(byte[] places, int hundredths) {
    try {
      writer.writeToSequence(frame(places, hundredths), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    before = places;
  }

  /** The file. */
  byte[] bytes() {
    try {
      writer.endWriteSequence();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private IIOImage frame(byte[] places, int hundredths) throws IIOInvalidTreeException {
    int[] changed = before == null ? new int[] {0, 0, width, height} : changed(before, places);
    var image =
        new BufferedImage(changed[2], changed[3], BufferedImage.TYPE_BYTE_INDEXED, palette.model());
    byte[] row = new byte[changed[2]];
    for (int y = 0; y < changed[3]; y++) {
      int from = (changed[1] + y) * width + changed[0];
      System.arraycopy(places, from, row, 0, row.length);
      for (int x = 0; before != null && x < row.length; x++) {
        row[x] = before[from + x] == row[x] ? (byte) Palette.TRANSPARENT : row[x];
      }
      image.getRaster().setDataElements(0, y, row.length, 1, row);
    }
    return new IIOImage(image, null, description(image, changed, hundredths));
  }

  /** Left, top, width and height of what differs; one pixel if nothing does. */
  private int[] changed(byte[] one, byte[] other) {
    int left = width;
    int right = -1;
    int top = height;
    int bottom = -1;
    for (int i = 0; i < one.length; i++) {
      if (one[i] != other[i]) {
        left = Math.min(left, i % width);
        right = Math.max(right, i % width);
        top = Math.min(top, i / width);
        bottom = i / width;
      }
    }
    return right < 0
        ? new int[] {0, 0, 1, 1}
        : new int[] {left, top, right - left + 1, bottom - top + 1};
  }

  private IIOMetadata head() throws IIOInvalidTreeException {
    IIOMetadata head = writer.getDefaultStreamMetadata(null);
    var root = new IIOMetadataNode(STREAM);
    root.appendChild(node("Version", "value", "89a"));
    root.appendChild(
        node(
            "LogicalScreenDescriptor",
            "logicalScreenWidth",
            width,
            "logicalScreenHeight",
            height,
            "colorResolution",
            8,
            "pixelAspectRatio",
            0));
    var table =
        node(
            "GlobalColorTable",
            "sizeOfGlobalColorTable",
            256,
            "backgroundColorIndex",
            0,
            "sortFlag",
            "FALSE");
    var model = palette.model();
    for (int i = 0; i < 256; i++) {
      table.appendChild(
          node(
              "ColorTableEntry",
              "index",
              i,
              "red",
              model.getRed(i),
              "green",
              model.getGreen(i),
              "blue",
              model.getBlue(i)));
    }
    root.appendChild(table);
    head.setFromTree(STREAM, root);
    return head;
  }

  private IIOMetadata description(BufferedImage image, int[] changed, int hundredths)
      throws IIOInvalidTreeException {
    IIOMetadata description =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
    var root = new IIOMetadataNode(FRAME);
    root.appendChild(
        node(
            "ImageDescriptor",
            "imageLeftPosition",
            changed[0],
            "imageTopPosition",
            changed[1],
            "imageWidth",
            changed[2],
            "imageHeight",
            changed[3],
            "interlaceFlag",
            "FALSE"));
    root.appendChild(
        node(
            "GraphicControlExtension",
            "disposalMethod",
            "doNotDispose",
            "userInputFlag",
            "FALSE",
            "transparentColorFlag",
            before == null ? "FALSE" : "TRUE",
            "delayTime",
            hundredths,
            "transparentColorIndex",
            Palette.TRANSPARENT));
    if (before == null) {
      var extensions = new IIOMetadataNode("ApplicationExtensions");
      IIOMetadataNode loop =
          node("ApplicationExtension", "applicationID", "NETSCAPE", "authenticationCode", "2.0");
      // Sub-block 1: how often, in two bytes; 0 for ever.
      loop.setUserObject(new byte[] {1, 0, 0});
      extensions.appendChild(loop);
      root.appendChild(extensions);
    }
    description.setFromTree(FRAME, root);
    return description;
  }

  private static IIOMetadataNode node(String name, Object... attributes) {
    var node = new IIOMetadataNode(name);
    for (int i = 0; i < attributes.length; i += 2) {
      node.setAttribute((String) attributes[i], String.valueOf(attributes[i + 1]));
    }
    return node;
  }
}
