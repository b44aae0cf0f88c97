package thalweg.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import thalweg.formula.Scope;
import thalweg.memory.Buffer;
import thalweg.memory.SparseRows;
import thalweg.plan.Op;
import thalweg.plan.Plan;

/**
 * A plan bound to memory: every chunk of every tensor, ready to run. It stays valid while no memory
 * moves and no gradient comes or goes; running it allocates nothing.
 */
final class Layout {
  private final Plan plan;
  private final List<Member> members;
  private final double[] groupNumbers;
  private final int[] numbersOfGroup;
  private final int levels;
  private final Frame[] frames;
  private final Frame[] frameOfMember;
  private final BoundTrip[] trips;
  private final Plan.@Nullable Rest rest;
  private final BoundTrip[] resting;
  private final Consumer<String> notices;

  Layout(
      Plan plan,
      Backend backend,
      List<Member> members,
      double[] groupNumbers,
      boolean oneFrameEach,
      Consumer<String> notices) {
    this.plan = plan;
    this.members = members;
    this.groupNumbers = groupNumbers;
    this.notices = notices;
    numbersOfGroup = Frame.numbersOf(plan, Scope.MODEL);
    levels = plan.scalars().levels().stream().mapToInt(level -> level + 1).max().orElse(0);
    long elements = members.stream().mapToLong(Member::length).sum();
    boolean apart = oneFrameEach || plan.differsBetweenTensors();
    List<Frame> distinct = new ArrayList<>();
    frameOfMember = new Frame[members.size()];
    for (int i = 0; i < frameOfMember.length; i++) {
      Member member = members.get(i);
      member.reserve(plan);
      Frame shared = null;
      for (Frame frame : distinct) {
        if (!apart && frame.fits(member)) {
          shared = frame;
        }
      }
      if (shared == null) {
        shared = new Frame(plan, member, groupNumbers, elements);
        distinct.add(shared);
      }
      shared.add(member);
      frameOfMember[i] = shared;
    }
    frames = distinct.toArray(Frame[]::new);
    trips = new BoundTrip[plan.trips().size()];
    for (int i = 0; i < trips.length; i++) {
      trips[i] = new BoundTrip(i, plan.trips().get(i), backend);
    }
    rest = plan.rest();
    resting = new BoundTrip[rest == null ? 0 : rest.trips().size()];
    for (int i = 0; rest != null && i < resting.length; i++) {
      resting[i] = new BoundTrip(trips.length + i, rest.trips().get(i), backend);
    }
  }

  void run(double[] hypers, Workers workers) {
    int computed = 0;
    boolean pauses = false;
    for (BoundTrip trip : trips) {
      if (rest != null && trip.trip.level() >= rest.level() && computed <= rest.level()) {
        computed = compute(computed, rest.level() + 1, hypers);
        pauses = frames.length > 0 && frames[0].register(rest.register()) == 0;
      }
      if (!pauses) {
        computed = compute(computed, trip.trip.level() + 1, hypers);
        run(trip, workers);
      }
    }
    if (pauses) {
      for (BoundTrip trip : resting) {
        run(trip, workers);
      }
    }
    compute(computed, levels, hypers);
    remember();
  }

  private void run(BoundTrip trip, Workers workers) {
    for (Frame frame : frames) {
      frame.round(trip.index);
    }
    trip.clear();
    workers.run(trip, trip.tasks());
    trip.reduce();
  }

  private int compute(int from, int to, double[] hypers) {
    for (int level = from; level < to; level++) {
      for (Frame frame : frames) {
        frame.compute(level, hypers);
      }
    }
    return Math.max(from, to);
  }

  /** Keeps the numbers for the next update and says what there is to say. */
  private void remember() {
    if (frames.length == 0) {
      return;
    }
    List<Plan.Announcement> announcements = plan.notices();
    for (int i = 0; i < announcements.size(); i++) {
      Plan.Announcement notice = announcements.get(i);
      if (frames[0].register(notice.when()) != 0) {
        notices.accept(notice.values().isEmpty() ? notice.text() : written(notice));
      }
    }
    for (int i : numbersOfGroup) {
      groupNumbers[i] = frames[0].register(plan.numbers().get(i));
    }
    for (Frame frame : frames) {
      frame.remember();
    }
  }

  private String written(Plan.Announcement notice) {
    return notice
        .text()
        .formatted(
            notice.values().stream().map(index -> (Object) frames[0].register(index)).toArray());
  }

  /** The memory that a source stands for. */
  static Buffer memory(Plan plan, Plan.Source source, Member member) {
    return switch (source) {
      case Plan.Source.Values _ -> member.value();
      case Plan.Source.Gradient _ -> {
        Buffer gradient = member.gradient();
        if (gradient == null) {
          throw new IllegalStateException("no gradient to bind for " + member.name());
        }
        yield gradient;
      }
      case Plan.Source.Drawn drawn -> member.noise(drawn);
      case Plan.Source.Evaluated(int index) -> member.evaluated().get(index);
      case Plan.Source.Remembered(int index) -> member.states().get(index);
      case Plan.Source.Scratch(int index) -> member.scratch(index, plan.scratch().get(index));
    };
  }

  /** One trip over all tensors, cut into chunks, and the chunks into tasks worth a thread. */
  private final class BoundTrip implements Workers.Job {
    private final int index;
    private final Plan.Trip trip;
    private final Chunk[] chunks;
    private final Frame[] frameOfChunk;
    private final int[] partialOfChunk;
    private final int[] partialOfMember;
    private final int[] firstOfTask;
    private final Op.Reduce[] reductions;
    private final double[] partials;
    private final double[] totals;
    private final @Nullable Bands[] bandsOfMember;

    BoundTrip(int index, Plan.Trip trip, Backend backend) {
      this.index = index;
      this.trip = trip;
      reductions = trip.pass().reductions().toArray(Op.Reduce[]::new);
      totals = new double[members.size()];
      partialOfMember = new int[members.size() + 1];
      bandsOfMember = new Bands[members.size()];
      List<Chunk> bound = new ArrayList<>();
      List<Frame> frameOf = new ArrayList<>();
      List<Integer> partialOf = new ArrayList<>();
      List<Integer> weights = new ArrayList<>();
      int partial = 0;
      for (int m = 0; m < members.size(); m++) {
        Member member = members.get(m);
        SparseRows sparse = member.sparse();
        if (sparse != null) {
          bound.add(new TouchedRows(plan, trip, member, sparse, backend));
          weights.add(Chunk.MAXIMUM);
          partialOf.add(partial);
        } else if (trip.pass().strips()) {
          Bands bands = new Bands(plan, trip, member, backend);
          bandsOfMember[m] = bands;
          bound.addAll(bands.chunks());
          weights.addAll(bands.weights());
          for (int strips : bands.strips()) {
            partialOf.add(partial);
            partial += strips * reductions.length;
          }
        } else {
          List<Buffer> buffers =
              trip.buffers().stream().map(source -> memory(plan, source, member)).toList();
          // nothing is remembered of a tensor without elements, not even of its one row
          long length = member.length() == 0 ? 0 : trip.domain().count(member.shape());
          for (long from = 0; from < length; from += Chunk.MAXIMUM) {
            int count = (int) Math.min(Chunk.MAXIMUM, length - from);
            Chunk chunk = backend.bind(trip.pass(), buffers, from, count);
            bound.add(NoisyChunk.of(chunk, trip, member, from, from + 1, 1, count));
            weights.add(count);
            partialOf.add(partial);
            partial += reductions.length;
          }
        }
        while (frameOf.size() < bound.size()) {
          frameOf.add(frameOfMember[m]);
        }
        partialOfMember[m + 1] = partial;
      }
      chunks = bound.toArray(Chunk[]::new);
      frameOfChunk = frameOf.toArray(Frame[]::new);
      partialOfChunk = partialOf.stream().mapToInt(Integer::intValue).toArray();
      firstOfTask = tasks(weights);
      partials = new double[partial];
    }

    /** Groups chunks until they are worth a thread. */
    private static int[] tasks(List<Integer> weights) {
      List<Integer> starts = new ArrayList<>(List.of(0));
      long weight = 0;
      for (int i = 0; i < weights.size(); i++) {
        if (weight >= Chunk.MAXIMUM) {
          starts.add(i);
          weight = 0;
        }
        weight += weights.get(i);
      }
      starts.add(weights.size());
      return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    int tasks() {
      return firstOfTask.length - 1;
    }

    @Override
    public void run(int task, Workspace workspace) {
      for (int i = firstOfTask[task]; i < firstOfTask[task + 1]; i++) {
        chunks[i].run(frameOfChunk[i].scalars(index), partials, partialOfChunk[i], workspace);
      }
    }

    void clear() {
      for (Bands bands : bandsOfMember) {
        if (bands != null) {
          bands.clear();
        }
      }
    }

    /** Combines the partial results of chunks and strips in the one fixed order. */
    void reduce() {
      for (int m = 0; m < bandsOfMember.length; m++) {
        Bands bands = bandsOfMember[m];
        if (bands != null) {
          bands.gather(partials, partialOfMember[m]);
        }
      }
      for (int r = 0; r < reductions.length; r++) {
        if (trip.results().get(r) instanceof Plan.Result.Over over) {
          reduce(r, over.scope());
        }
      }
    }

    private void reduce(int r, Scope scope) {
      double model = reductions[r].kind().identity();
      for (int m = 0; m < totals.length; m++) {
        double total = reductions[r].kind().identity();
        for (int i = partialOfMember[m] + r; i < partialOfMember[m + 1]; i += reductions.length) {
          total = reductions[r].kind().combine(total, partials[i]);
        }
        totals[m] = total;
        model = reductions[r].kind().combine(model, total);
      }
      switch (scope) {
        case MODEL -> {
          for (Frame frame : frames) {
            frame.reduced(index, r, model);
          }
        }
        case TENSOR -> {
          for (int m = 0; m < totals.length; m++) {
            frameOfMember[m].reduced(index, r, totals[m]);
          }
        }
      }
    }
  }
}
