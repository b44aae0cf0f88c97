package thalweg.lab.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import thalweg.lab.BadInput;
import thalweg.lab.data.files.PictureFiles;
import thalweg.lab.data.files.Pictures;
import thalweg.lab.data.files.PixelScale;
import thalweg.torch.Augmentation;
import thalweg.torch.Features;
import thalweg.torch.Form;
import thalweg.torch.Samples;
import thalweg.torch.Targets;

/** Pictures of files, read from there when a batch asks. */
final class PreparedPictures {
  private PreparedPictures() {}

  static Prepared of(DataRequest request) {
    Path folder = request.needed("--data-dir FOLDER", "the folder of its files");
    PictureFiles files =
        switch (request.data()) {
          case "mnist" -> PictureFiles.mnist(folder);
          case "fashion_mnist" -> PictureFiles.fashionMnist(folder);
          case "cifar10" -> PictureFiles.cifar10(folder);
          default -> PictureFiles.idx(folder);
        };
    Pictures pictures = files.train();
    int classes = files.classes().size();
    List<String> notes = new ArrayList<>();
    boolean ownTest = files.test().isPresent();
    Shares shares = request.shares(0.2, 0);
    if (ownTest && request.test() != null) {
      notes.add("tested on the test files of the folder; the test share is not used");
    }
    Partition rows =
        Partition.ofClasses(
                pictures.labels(),
                classes,
                ownTest ? new Shares(shares.validation(), 0) : shares,
                request.seed())
            .limited(request.limit(), request.seed());
    PixelScale scale =
        request.standardize()
            ? pictures.fit(rows.train())
            : PixelScale.none(pictures.form().channels());
    Samples all = samples(pictures, scale, classes);
    Samples train = all.select(rows.train());
    return new Prepared(
        request.data(),
        "files in " + folder,
        pictures.form(),
        augmented(request, train, pictures.form(), scale),
        all.select(rows.validation()),
        files
            .test()
            .map(test -> limited(samples(test, scale, classes), request))
            .orElseGet(() -> all.select(rows.test())),
        files.classes(),
        Prepared.balanced(train.targets()),
        Optional.empty(),
        notes(request, scale, notes));
  }

  /** The training samples, changed from epoch to epoch if that is asked for. */
  static Samples augmented(DataRequest request, Samples train, Form.Image form, PixelScale scale) {
    Augmentation how = request.augmentation();
    try {
      Features features = how.of(train.features(), form, scale.black(), request.seed());
      return new Samples(features, train.targets());
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()), e);
    }
  }

  /** What was done to the pixels, added to the notes. */
  static List<String> notes(DataRequest request, PixelScale scale, List<String> notes) {
    if (request.standardize()) {
      notes.add(scale.text());
    }
    if (!request.augmentation().equals(Augmentation.NONE)) {
      notes.add("training pictures changed each epoch: " + request.augmentation().text());
    }
    return notes;
  }

  private static Samples samples(Pictures pictures, PixelScale scale, int classes) {
    return new Samples(pictures.features(scale), new Targets.Classes(pictures.labels(), classes));
  }

  private static Samples limited(Samples test, DataRequest request) {
    if (request.limit() == 0 || test.rows() <= request.limit()) {
      return test;
    }
    return test.select(Partition.sample(test.rows(), request.limit(), request.seed() + 2));
  }
}
