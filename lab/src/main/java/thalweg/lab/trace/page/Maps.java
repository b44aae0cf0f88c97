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

  /** A list of format map/1, in the order of the requests. */
  static String json(List<TraceRequest> requests) {
    return requests.stream().map(Maps::json).collect(Collectors.joining(",", "[", "]"));
  }

  private static String json(TraceRequest request) {
    return MapJson.of(SurfaceGrid.of(request.surface(), request.start(), NODES), LEVELS);
  }
}
