package thalweg.lab.trace.page;

import java.util.List;
import java.util.stream.Collectors;
import thalweg.lab.picture.MapJson;
import thalweg.lab.picture.SurfaceGrid;
import thalweg.lab.trace.TraceRequest;

/** The maps that a page draws its surfaces from. */
final class Maps {
  /** Nodes a side: a cell is three pixels of the map. */
  private static final int NODES = 181;

  private static final int LEVELS = 17;

  private Maps() {}

  /** A list, in the order of the requests; null for a surface of a single number. */
  static String json(List<TraceRequest> requests) {
    return requests.stream().map(Maps::json).collect(Collectors.joining(",", "[", "]"));
  }

  private static String json(TraceRequest request) {
    return request.surface().dimension() < 2
        ? "null"
        : MapJson.of(SurfaceGrid.of(request.surface(), request.start(), NODES), LEVELS);
  }
}
