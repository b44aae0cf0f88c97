package thalweg.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import thalweg.formula.Extent;
import thalweg.formula.Reduction;
import thalweg.memory.Buffer;
import thalweg.plan.Plan;

/**
 * A trip over one tensor strip by strip. A strip is the longest stretch of elements that share one
 * number of each extent the trip looks at: usually a row. Some strips together are a band, which is
 * one task; a band keeps the running results of its columns, so bands do not wait for each other.
 *
 * <p>Where bands and strips begin depends on the shape alone, so results do not depend on threads.
 */
final class Bands {
  private final Plan plan;
  private final Plan.Trip trip;
  private final Member member;
  private final Backend backend;
  private final int reductions;
  private final long elements;
  private final int length;
  private final int pieces;
  private final long columns;
  private final long matrix;
  private final long band;
  private final List<Chunk> chunks = new ArrayList<>();
  private final List<Band> bands = new ArrayList<>();
  private final List<Integer> weights = new ArrayList<>();
  private final List<Integer> strips = new ArrayList<>();
  private final List<Gathered> gathered = new ArrayList<>();
  private final List<Spread> spreads = new ArrayList<>();
  private final double[] sum; // one row of columns, while bands are brought together
  private final float[] row;

  /** Columns reduced band by band: the running results of all bands, and where they go. */
  private record Gathered(Reduction kind, Buffer running, long[] matrixOfBand, Buffer into) {}

  /** A reduction to one number a row, …: the strips' results are combined here. */
  private record Spread(int slot, Reduction kind, long run, double[] sums, Buffer into) {}

  Bands(Plan plan, Plan.Trip trip, Member member, Backend backend) {
    this.plan = plan;
    this.trip = trip;
    this.member = member;
    this.backend = backend;
    reductions = trip.results().size();
    Cut cut = Cut.of(plan, trip, member.shape());
    elements = cut.elements();
    length = Math.toIntExact(cut.length());
    pieces = cut.pieces();
    columns = cut.columns();
    matrix = cut.matrix();
    band = cut.band();
    int width = trip.columns().isEmpty() ? 0 : Math.toIntExact(columns);
    sum = new double[width];
    row = new float[width];
    for (int slot = 0; slot < reductions; slot++) {
      if (trip.results().get(slot) instanceof Plan.Result.Into(int index)) {
        Extent extent = plan.scratch().get(index);
        Buffer into = member.scratch(index, extent);
        Reduction kind = trip.pass().reductions().get(slot).kind();
        spreads.add(
            new Spread(
                slot,
                kind,
                Cut.run(trip, extent, member.shape()),
                new double[Math.toIntExact(into.length())],
                into));
      }
    }
    if (elements > 0) {
      cut(cut.starts());
    }
  }

  private void cut(List<Long> starts) {
    for (int c = 0; c < trip.columns().size(); c++) {
      Plan.Column column = trip.columns().get(c);
      Buffer running =
          starts.size() == 1
              ? member.scratch(column.scratch(), plan.scratch().get(column.scratch()))
              : member.running(trip, c);
      gathered.add(
          new Gathered(
              column.kind(),
              running,
              starts.stream().mapToLong(from -> from / matrix).toArray(),
              member.scratch(column.scratch(), plan.scratch().get(column.scratch()))));
    }
    for (int b = 0; b < starts.size(); b++) {
      long from = starts.get(b);
      long to = Math.min(from + band, (from / matrix + 1) * matrix);
      Strip strip = backend.strip(trip.pass(), buffers(b, from, to));
      for (int piece = 0; piece < pieces; piece++) {
        int skipped = piece * Chunk.MAXIMUM;
        int count = Math.min(Chunk.MAXIMUM, length - skipped);
        Band made = new Band(strip, from, to, skipped, count);
        chunks.add(NoisyChunk.of(made, trip, member, from + skipped, to, length, count));
        bands.add(made);
        strips.add(made.strips());
        weights.add((int) Math.min(Integer.MAX_VALUE, (to - from) / pieces));
      }
    }
  }

  private List<Buffer> buffers(int b, long from, long to) {
    List<Buffer> buffers = new ArrayList<>();
    for (int i = 0; i < trip.buffers().size(); i++) {
      buffers.add(buffer(i, b, from, to));
    }
    return buffers;
  }

  private Buffer buffer(int buffer, int b, long from, long to) {
    for (int c = 0; c < trip.columns().size(); c++) {
      if (trip.columns().get(c).buffer() == buffer) {
        return gathered.get(c).running().slice(b * columns, columns);
      }
    }
    Buffer memory = Layout.memory(plan, trip.buffers().get(buffer), member);
    return trip.pass().aside().contains(buffer)
        ? memory.slice(from / matrix * columns, columns)
        : memory.slice(from, to - from);
  }

  List<Chunk> chunks() {
    return chunks;
  }

  /** For each chunk, how many strips it runs over: each leaves partial results of its own. */
  List<Integer> strips() {
    return strips;
  }

  List<Integer> weights() {
    return weights;
  }

  /** Sets what is about to be reduced to the reduction of nothing. */
  void clear() {
    for (int i = 0; i < gathered.size(); i++) {
      gathered.get(i).running().fill(gathered.get(i).kind().identity());
    }
  }

  /**
   * Brings the results of strips and bands together, in order.
   *
   * @param partials results of all strips
   * @param at position of the first of this tensor
   */
  void gather(double[] partials, int at) {
    for (int i = 0; i < spreads.size(); i++) {
      gather(spreads.get(i), partials, at);
    }
    for (int i = 0; i < gathered.size(); i++) {
      Gathered columnsOf = gathered.get(i);
      if (columnsOf.matrixOfBand().length > 1) {
        gather(columnsOf);
      }
    }
  }

  private void gather(Spread spread, double[] partials, int at) {
    double[] sums = spread.sums();
    Arrays.fill(sums, spread.kind().identity());
    int position = at + spread.slot();
    for (int c = 0; c < chunks.size(); c++) {
      Band part = bands.get(c);
      for (long from = part.from; from < part.to; from += length) {
        int index = (int) (from / spread.run());
        sums[index] = spread.kind().combine(sums[index], partials[position]);
        position += reductions;
      }
    }
    for (int i = 0; i < sums.length; i++) {
      spread.into().set(i, sums[i]);
    }
  }

  private void gather(Gathered columnsOf) {
    Reduction kind = columnsOf.kind();
    long[] matrixOfBand = columnsOf.matrixOfBand();
    int width = row.length;
    Arrays.fill(sum, kind.identity());
    for (int b = 0; b < matrixOfBand.length; b++) {
      columnsOf.running().read((long) b * width, row, width);
      for (int c = 0; c < width; c++) {
        sum[c] = kind.combine(sum[c], row[c]);
      }
      if (b + 1 == matrixOfBand.length || matrixOfBand[b + 1] != matrixOfBand[b]) {
        for (int c = 0; c < width; c++) {
          row[c] = (float) sum[c];
        }
        columnsOf.into().write(matrixOfBand[b] * width, row, width);
        Arrays.fill(sum, kind.identity());
      }
    }
  }

  /** Some strips, or one piece of each where they are long. */
  private final class Band implements Chunk {
    private final Strip strip;
    private final long from;
    private final long to;
    private final int skipped;
    private final int count;
    private final int[] sharedSlots;
    private final Buffer[] sharedBuffers;
    private final long[] sharedRuns;

    Band(Strip strip, long from, long to, int skipped, int count) {
      this.strip = strip;
      this.from = from;
      this.to = to;
      this.skipped = skipped;
      this.count = count;
      List<Plan.Argument> arguments = trip.arguments();
      List<Integer> slots = new ArrayList<>();
      List<Buffer> memory = new ArrayList<>();
      List<Long> runs = new ArrayList<>();
      for (int slot = 0; slot < arguments.size(); slot++) {
        if (arguments.get(slot) instanceof Plan.Argument.Shared(Plan.Source source)) {
          slots.add(slot);
          memory.add(Layout.memory(plan, source, member));
          runs.add(Cut.run(trip, plan.extent(source), member.shape()));
        }
      }
      sharedSlots = slots.stream().mapToInt(Integer::intValue).toArray();
      sharedBuffers = memory.toArray(Buffer[]::new);
      sharedRuns = runs.stream().mapToLong(Long::longValue).toArray();
    }

    int strips() {
      return (int) ((to - from) / length);
    }

    @Override
    public void run(float[] scalars, double[] partials, int at, Workspace workspace) {
      float[] own = workspace.scalars(scalars.length);
      System.arraycopy(scalars, 0, own, 0, scalars.length);
      int position = at;
      for (long start = from; start < to; start += length) {
        for (int i = 0; i < sharedSlots.length; i++) {
          own[sharedSlots[i]] = (float) sharedBuffers[i].get(start / sharedRuns[i]);
        }
        long begin = start + skipped;
        long aside = columns == 0 ? 0 : begin % columns;
        strip.run(begin - from, aside, count, own, partials, position, workspace);
        position += reductions;
      }
    }
  }
}
