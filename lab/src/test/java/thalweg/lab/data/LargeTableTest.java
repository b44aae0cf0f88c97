package thalweg.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.lab.data.files.SegmentFeatures;

class LargeTableTest {
  @TempDir Path folder;

  /** 10 columns of 40 categories are 400 columns of numbers: 51 MB out of a file of 1 MB. */
  @Test
  void aLargeTableLiesInAMappedFileAndItsRowsAreRight() throws IOException {
    int rows = 40_000;
    StringBuilder text = new StringBuilder("a,b,c,d,e,f,g,h,i,j,y\n");
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < 10; c++) {
        text.append('v').append((row * 7 + c) % 40).append(',');
      }
      text.append(row % 2).append('\n');
    }
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    Prepared table = DataRequest.named("csv").path(file).target("y").prepare();
    assertThat(table.train().features()).isInstanceOf(SegmentFeatures.class);
    SegmentFeatures features = (SegmentFeatures) table.train().features();
    assertThat(features.values().isMapped()).isTrue();
    float[] some = features.select(new int[] {0, 17, features.rows() - 1}).toArray();
    float sum = 0;
    for (float x : some) {
      sum += x;
      assertThat(x).isIn(0f, 1f);
    }
    assertThat(sum).isEqualTo(30);
  }

  @Test
  void moreDifferentTargetsThanClassesAreStillNumbers() throws IOException {
    int rows = 100_100;
    StringBuilder text = new StringBuilder("x,y\n");
    for (int row = 0; row < rows; row++) {
      text.append(row % 10).append(',').append(row).append('\n');
    }
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    DataSet data = new CsvTable(file, "y", null, null).load();
    assertThat(data.notes().getFirst())
        .startsWith("target 'y' holds over 100000 different integers, taken as regression");
    double[] values = ((Target.Numbers) data.target()).values();
    assertThat(values).hasSize(rows);
    assertThat(values[rows - 1]).isEqualTo(rows - 1);
  }
}
