package thalweg.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import thalweg.execute.BlockBackend;
import thalweg.execute.Chunk;
import thalweg.execute.Workspace;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.plan.Pass;

/** Runs one pass by the block backend and by vector kernels and compares every bit. */
final class Agreement {
  /** Values at which formulas go wrong. */
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    1e-41f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE
  };

  private Agreement() {}

  /** Where a test's buffers lie. */
  enum Place {
    NATIVE,
    HEAP,
    MIXED
  }

  static void check(Binding vector, Pass pass, int length, boolean special, Place place) {
    List<float[]> start = data(pass, length, special);
    float[] scalars = scalars(pass);
    Result expected =
        run(
            (p, buffers) -> new BlockBackend().bind(p, buffers, 0, length),
            pass,
            start,
            scalars,
            Place.NATIVE);
    Result actual =
        run((p, buffers) -> vector.bind(p, buffers, 0, length), pass, start, scalars, place);
    for (int b = 0; b < pass.buffers(); b++) {
      assertThat(actual.bits().get(b)).as("buffer %d", b).isEqualTo(expected.bits().get(b));
    }
    assertThat(actual.partials()).isEqualTo(expected.partials());
  }

  interface Bind {
    Chunk bind(Pass pass, List<Buffer> buffers);
  }

  /** What a run leaves: bits of each buffer (all NaN made one), and the reductions. */
  record Result(List<int[]> bits, List<Double> partials) {}

  static Result run(Bind bind, Pass pass, List<float[]> start, float[] scalars, Place place) {
    List<Buffer> buffers = new ArrayList<>();
    for (int b = 0; b < start.size(); b++) {
      boolean heap =
          switch (place) {
            case NATIVE -> false;
            case HEAP -> true;
            case MIXED -> b % 2 == 0;
          };
      float[] values = start.get(b).clone();
      Buffer buffer = heap ? Buffer.of(values) : Buffer.allocate(values.length, NumberType.FLOAT32);
      buffer.write(0, values, values.length);
      buffers.add(buffer);
    }
    double[] partials = new double[pass.reductions().size() + 2];
    Chunk chunk = bind.bind(pass, buffers);
    Workspace workspace = new Workspace();
    chunk.run(scalars, partials, 1, workspace);
    List<int[]> bits = new ArrayList<>();
    for (Buffer buffer : buffers) {
      int[] row = new int[(int) buffer.length()];
      float[] values = new float[row.length];
      buffer.read(0, values, row.length);
      for (int i = 0; i < row.length; i++) {
        row[i] = Float.floatToIntBits(values[i]);
      }
      bits.add(row);
    }
    return new Result(bits, Arrays.stream(partials).boxed().toList());
  }

  static List<float[]> data(Pass pass, int length, boolean special) {
    Random random = new Random(length * 31L + pass.ops().size());
    List<float[]> data = new ArrayList<>();
    for (int b = 0; b < pass.buffers(); b++) {
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        values[i] =
            special && random.nextInt(3) == 0
                ? SPECIAL[random.nextInt(SPECIAL.length)]
                : (float) random.nextGaussian();
      }
      data.add(values);
    }
    return data;
  }

  static float[] scalars(Pass pass) {
    Random random = new Random(pass.scalars());
    float[] scalars = new float[pass.scalars()];
    for (int i = 0; i < scalars.length; i++) {
      scalars[i] = (float) random.nextGaussian();
    }
    return scalars;
  }
}
