package thalweg.lab.trace.page;

import java.util.List;
import java.util.stream.Collectors;
import thalweg.lab.picture.MapJson;
import thalweg.lab.picture.SurfaceGrid;
import thalweg.lab.trace.TraceRequest;

/** The maps that a page draws its surfaces from. */
final class Maps {
  /** One of so many nodes a side: a cell is then three pixels of the map. */
  private static final int EVERY = 2;

  private Maps() {}

  /** A list of format map/1, in the order of the requests. */
  static String json(List<TraceRequest> requests) {
    return requests.stream().map(Maps::json).collect(Collectors.joining(",", "[", "]"));
  }

  private static String json(TraceRequest request) {
    var grid = SurfaceGrid.of(request.surface(), request.start(), SurfaceGrid.NODES);
    return MapJson.of(grid.every(EVERY));
  }
}
