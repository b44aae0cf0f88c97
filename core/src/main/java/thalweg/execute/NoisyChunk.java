package thalweg.execute;

import java.util.List;
import thalweg.memory.Buffer;
import thalweg.plan.Plan;

/** A chunk that reads noise, which is drawn for its elements just before. */
final class NoisyChunk implements Chunk {
  private final Chunk chunk;
  private final Member member;
  private final Plan.Source.Drawn[] sources;
  private final Buffer[] noise;
  private final long from;
  private final long to;
  private final long stride;
  private final long count;

  private NoisyChunk(
      Chunk chunk,
      List<Plan.Source.Drawn> sources,
      Member member,
      long from,
      long to,
      long stride,
      long count) {
    this.chunk = chunk;
    this.member = member;
    this.sources = sources.toArray(Plan.Source.Drawn[]::new);
    this.noise = sources.stream().map(member::noise).toArray(Buffer[]::new);
    this.from = from;
    this.to = to;
    this.stride = stride;
    this.count = count;
  }

  /**
   * The chunk itself, where its trip reads no noise.
   *
   * @param from first element of its first stretch
   * @param to where no stretch begins any more
   * @param stride from one stretch to the next
   * @param count elements of one stretch
   */
  static Chunk of(
      Chunk chunk, Plan.Trip trip, Member member, long from, long to, long stride, long count) {
    List<Plan.Source.Drawn> sources =
        trip.buffers().stream()
            .filter(Plan.Source.Drawn.class::isInstance)
            .map(Plan.Source.Drawn.class::cast)
            .toList();
    return sources.isEmpty()
        ? chunk
        : new NoisyChunk(chunk, sources, member, from, to, stride, count);
  }

  @Override
  public void run(float[] scalars, double[] partials, int at, Workspace workspace) {
    for (int i = 0; i < sources.length; i++) {
      long key = Noise.key(sources[i].seed(), sources[i].stream(), member.name(), member.updates());
      for (long start = from; start < to; start += stride) {
        workspace.noise().fill(noise[i], key, start, count);
      }
    }
    chunk.run(scalars, partials, at, workspace);
  }
}
