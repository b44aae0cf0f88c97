package thalweg.execute;

import java.util.ArrayList;
import java.util.List;
import thalweg.formula.Scope;
import thalweg.memory.Buffer;
import thalweg.plan.Op;
import thalweg.plan.Plan;

/**
 * A plan bound to memory: every chunk of every tensor, ready to run. It stays valid while no memory
 * moves and no gradient comes or goes; running it allocates nothing.
 */
final class Layout {
  private final List<Member> members;
  private final Frame[] frames;
  private final Frame[] frameOfMember;
  private final BoundTrip[] trips;

  Layout(Plan plan, Backend backend, List<Member> members) {
    this.members = members;
    long elements = members.stream().mapToLong(Member::length).sum();
    boolean oneFrameEach = plan.differsBetweenTensors();
    List<Frame> distinct = new ArrayList<>();
    frameOfMember = new Frame[members.size()];
    for (int i = 0; i < frameOfMember.length; i++) {
      Member member = members.get(i);
      Frame shared = null;
      for (Frame frame : distinct) {
        if (!oneFrameEach && frame.fits(member)) {
          shared = frame;
        }
      }
      if (shared == null) {
        shared = new Frame(plan, member, elements);
        distinct.add(shared);
      }
      frameOfMember[i] = shared;
    }
    frames = distinct.toArray(Frame[]::new);
    trips = new BoundTrip[plan.trips().size()];
    for (int i = 0; i < trips.length; i++) {
      trips[i] = new BoundTrip(i, plan.trips().get(i), backend);
    }
  }

  void run(double[] hypers, Workers workers) {
    for (BoundTrip trip : trips) {
      for (Frame frame : frames) {
        frame.prepare(trip.index, hypers);
      }
      workers.run(trip, trip.tasks());
      trip.reduce();
    }
  }

  /** One trip over all tensors, cut into chunks, and the chunks into tasks worth a thread. */
  private final class BoundTrip implements Workers.Job {
    private final int index;
    private final Chunk[] chunks;
    private final Frame[] frameOfChunk;
    private final int[] firstChunk;
    private final int[] firstOfTask;
    private final Op.Reduce[] reductions;
    private final List<Scope> scopes;
    private final double[] partials;
    private final double[] totals;

    BoundTrip(int index, Plan.Trip trip, Backend backend) {
      this.index = index;
      reductions = trip.pass().reductions().toArray(Op.Reduce[]::new);
      scopes = trip.scopes();
      totals = new double[members.size()];
      firstChunk = new int[members.size() + 1];
      List<Chunk> bound = new ArrayList<>();
      List<Frame> frameOf = new ArrayList<>();
      List<Integer> starts = new ArrayList<>(List.of(0));
      long weight = 0;
      for (int m = 0; m < members.size(); m++) {
        Member member = members.get(m);
        List<Buffer> buffers =
            trip.buffers().stream().map(source -> memory(source, member)).toList();
        for (long from = 0; from < member.length(); from += Chunk.MAXIMUM) {
          int count = (int) Math.min(Chunk.MAXIMUM, member.length() - from);
          if (weight >= Chunk.MAXIMUM) {
            starts.add(bound.size());
            weight = 0;
          }
          bound.add(backend.bind(trip.pass(), buffers, from, count));
          frameOf.add(frameOfMember[m]);
          weight += count;
        }
        firstChunk[m + 1] = bound.size();
      }
      chunks = bound.toArray(Chunk[]::new);
      frameOfChunk = frameOf.toArray(Frame[]::new);
      starts.add(chunks.length);
      firstOfTask = starts.stream().mapToInt(Integer::intValue).toArray();
      partials = new double[chunks.length * reductions.length];
    }

    private static Buffer memory(Plan.Source source, Member member) {
      return switch (source) {
        case Plan.Source.Values _ -> member.value();
        case Plan.Source.Gradient _ -> {
          Buffer gradient = member.gradient();
          if (gradient == null) {
            throw new IllegalStateException("no gradient to bind for " + member.name());
          }
          yield gradient;
        }
        case Plan.Source.Remembered(int index) -> member.states().get(index);
      };
    }

    int tasks() {
      return firstOfTask.length - 1;
    }

    @Override
    public void run(int task, Workspace workspace) {
      for (int i = firstOfTask[task]; i < firstOfTask[task + 1]; i++) {
        chunks[i].run(frameOfChunk[i].scalars(index), partials, i * reductions.length, workspace);
      }
    }

    /** Combines the chunks' partial results in the one fixed order. */
    void reduce() {
      for (int r = 0; r < reductions.length; r++) {
        double model = reductions[r].kind().identity();
        for (int m = 0; m < totals.length; m++) {
          double total = reductions[r].kind().identity();
          for (int i = firstChunk[m]; i < firstChunk[m + 1]; i++) {
            total = reductions[r].kind().combine(total, partials[i * reductions.length + r]);
          }
          totals[m] = total;
          model = reductions[r].kind().combine(model, total);
        }
        switch (scopes.get(r)) {
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
}
