package thalweg.kernels.vector;

import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.kernels.vector.Agreement.Place;
import thalweg.plan.Op;
import thalweg.plan.Pass;

@DisplayName("the vector backend equals the block backend in every bit")
class AgreementTest {
  private static final int[] LENGTHS = {0, 1, 7, 15, 16, 17, 1023, 1024, 1025, 4099, 65536};

  static Stream<VectorSpecies<Float>> species() {
    return Stream.of(
        FloatVector.SPECIES_64,
        FloatVector.SPECIES_128,
        FloatVector.SPECIES_256,
        FloatVector.SPECIES_512);
  }

  @ParameterizedTest
  @MethodSource("species")
  void knownPasses(VectorSpecies<Float> species) {
    for (Pass pass : List.of(Passes.adamW(), Passes.norms(), Passes.everything())) {
      checkAllLengths(binding(species), pass);
    }
  }

  @ParameterizedTest
  @MethodSource("species")
  void randomPasses(VectorSpecies<Float> species) {
    for (long seed = 0; seed < 24; seed++) {
      Pass pass =
          Passes.random(seed, 5 + (int) seed * 3, seed % 2 == 0, seed % 8 == 7, (int) (seed % 3));
      checkAllLengths(binding(species), pass);
    }
  }

  @ParameterizedTest
  @MethodSource("species")
  void passesDividedIntoManyParts(VectorSpecies<Float> species) {
    for (long seed = 100; seed < 112; seed++) {
      Pass pass = Passes.random(seed, 60, seed % 2 == 0, seed % 8 == 7, (int) (seed % 3));
      for (Place place : Place.values()) {
        Agreement.check(new Binding(new KernelFactory(species, 1, 8)), pass, 2051, true, place);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("species")
  void severalVectorsToAStep(VectorSpecies<Float> species) {
    for (Pass pass : List.of(Passes.adamW(), Passes.norms(), Passes.everything())) {
      checkAllLengths(new Binding(new KernelFactory(species, 4, 200)), pass);
    }
  }

  @ParameterizedTest
  @MethodSource("species")
  void swappingTwoBuffersWithAPartForEachStore(VectorSpecies<Float> species) {
    Pass swap =
        new Pass(
            2, 0, List.of(new Op.Load(0), new Op.Load(1), new Op.Store(0, 1), new Op.Store(1, 0)));
    for (Place place : Place.values()) {
      Agreement.check(new Binding(new KernelFactory(species, 1, 1)), swap, 1025, true, place);
    }
  }

  private static Binding binding(VectorSpecies<Float> species) {
    return new Binding(KernelFactory.of(species));
  }

  private static void checkAllLengths(Binding binding, Pass pass) {
    for (int length : LENGTHS) {
      boolean long_ = length > 5000;
      for (Place place : long_ ? new Place[] {Place.NATIVE} : Place.values()) {
        Agreement.check(binding, pass, length, true, place);
        Agreement.check(binding, pass, length, false, place);
      }
    }
  }
}
