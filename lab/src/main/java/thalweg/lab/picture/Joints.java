package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Edges that pieces of a line connect, each to at most two others. */
final class Joints {
  /** Edges in order; closed if the last is joined to the first. */
  record Chain(List<Integer> edges, boolean closed) {}

  private static final int NONE = -1;

  private final int[] one;
  private final int[] other;
  private final List<Integer> touched = new ArrayList<>();

  Joints(int edges) {
    one = new int[edges];
    other = new int[edges];
    Arrays.fill(one, NONE);
    Arrays.fill(other, NONE);
  }

  void join(int a, int b) {
    add(a, b);
    add(b, a);
  }

  private void add(int edge, int neighbour) {
    if (one[edge] == NONE) {
      one[edge] = neighbour;
      touched.add(edge);
    } else {
      other[edge] = neighbour;
    }
  }

  /** Every line once: those with ends first, then the closed ones. Takes the joints apart. */
  List<Chain> chains() {
    List<Chain> chains = new ArrayList<>();
    for (int edge : touched) {
      if (one[edge] != NONE && other[edge] == NONE) {
        chains.add(new Chain(walk(edge), false));
      }
    }
    for (int edge : touched) {
      if (one[edge] != NONE) {
        chains.add(new Chain(walk(edge), true));
      }
    }
    return chains;
  }

  private List<Integer> walk(int start) {
    List<Integer> edges = new ArrayList<>();
    int edge = start;
    int before = NONE;
    while (edge != NONE && one[edge] != NONE) {
      edges.add(edge);
      int next = one[edge] == before ? other[edge] : one[edge];
      one[edge] = NONE;
      before = edge;
      edge = next;
    }
    return edges;
  }
}
