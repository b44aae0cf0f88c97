package thalweg.parity;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The arrows between modules and packages: cli -> lab -> torch -> checkpoint -> core <-
 * kernels-vector.
 */
class ArchitectureTest {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();

  private static final String[] CORE = {
    "thalweg.account..",
    "thalweg.execute..",
    "thalweg.formula..",
    "thalweg.memory..",
    "thalweg.optimizer..",
    "thalweg.plan..",
    "thalweg.print..",
    "thalweg.rules..",
    "thalweg.schedule..",
    "thalweg.text..",
    "thalweg.transforms.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("thalweg");

  @Test
  void enoughClassesWereFound() {
    // without this guard a wrong path would let every rule below pass
    Map<String, Integer> least =
        Map.of(
            "thalweg.formula", 30,
            "thalweg.plan", 15,
            "thalweg.execute", 12,
            "thalweg.rules", 9,
            "thalweg.transforms", 12,
            "thalweg.kernels.vector", 8,
            "thalweg.torch", 8,
            "thalweg.lab", 8);
    least.forEach((name, count) ->
        assertThat(CLASSES.that(resideInAnyPackage(name + "..")))
            .as("classes of " + name)
            .hasSizeGreaterThanOrEqualTo(count));
  }

  @Test
  void everyPackageHasAModule() {
    ArchRuleDefinition.classes()
        .should()
        .resideInAnyPackage(
            with(
                CORE,
                "thalweg.kernels.vector..",
                "thalweg.checkpoint..",
                "thalweg.torch..",
                "thalweg.lab..",
                "thalweg.cli.."))
        .check(CLASSES);
  }

  @Test
  void modulesDependInOneDirection() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("core")
        .definedBy(CORE)
        .layer("kernels-vector")
        .definedBy("thalweg.kernels.vector..")
        .layer("checkpoint")
        .definedBy("thalweg.checkpoint..")
        .layer("torch")
        .definedBy("thalweg.torch..")
        .layer("lab")
        .definedBy("thalweg.lab..")
        .optionalLayer("cli")
        .definedBy("thalweg.cli..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("kernels-vector")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("lab")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("torch")
        .mayOnlyBeAccessedByLayers("lab", "cli")
        .whereLayer("core")
        .mayNotAccessAnyLayer()
        .whereLayer("kernels-vector")
        .mayOnlyAccessLayers("core")
        .whereLayer("checkpoint")
        .mayOnlyAccessLayers("core")
        .whereLayer("torch")
        .mayOnlyAccessLayers("checkpoint", "core")
        .check(CLASSES);
  }

  /** A package and those within it are different slices. */
  private static final SliceAssignment EACH_PACKAGE =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
          return "packages";
        }
      };

  @Test
  void packagesHaveNoCycles() {
    slices().assignedFrom(EACH_PACKAGE).should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void coreNeedsTheJdksBaseOnly() throws IOException {
    ArchRuleDefinition.classes()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            with(
                CORE,
                "java.io..",
                "java.lang..",
                "java.math..",
                "java.nio..",
                "java.text..",
                "java.time..",
                "java.util..",
                "org.jspecify.annotations.."))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.logging..", "java.lang.management..", "java.lang.instrument..")
        .check(CLASSES);
    assertThat(Files.readString(ROOT.resolve("core/src/main/java/module-info.java")))
        .doesNotContainPattern("requires (?!static transitive org\\.jspecify)");
  }

  @Test
  void theIncubatorStaysInItsPlace() {
    onlyIn("thalweg.kernels.vector..", "jdk.incubator..");
  }

  @Test
  void libtorchStaysInItsPlace() {
    onlyIn("thalweg.torch..", "org.bytedeco..");
  }

  @Test
  void theCommandLineLibraryStaysInItsPlace() {
    onlyIn("thalweg.cli..", "picocli..");
  }

  private static void onlyIn(String place, String library) {
    noClasses()
        .that()
        .resideOutsideOfPackage(place)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @Test
  void nothingPrintsOrExitsOutsideTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("thalweg.cli..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
    assertThat(CLASSES.that(alwaysTrue())).isNotEmpty();
  }

  @Test
  void noTestIsSwitchedOffOrGivesUp() throws IOException {
    Pattern skipping =
        Pattern.compile(
            "@(Disabled|Enabled)\\w*|\\b(Assumptions|assume(That|True|False|Thrown)|assumingThat)\\b"
                + "|\\bTestAbortedException\\b|@Ignore\\b");
    List<String> found = new ArrayList<>();
    int tests = 0;
    try (var modules = Files.newDirectoryStream(ROOT, m -> Files.exists(m.resolve("pom.xml")))) {
      for (Path module : modules) {
        Path sources = module.resolve("src/test/java");
        if (!Files.isDirectory(sources)) {
          continue;
        }
        try (var files = Files.walk(sources)) {
          for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
            tests++;
            if (!file.endsWith("ArchitectureTest.java")
                && skipping.matcher(Files.readString(file)).find()) {
              found.add(ROOT.relativize(file).toString());
            }
          }
        }
      }
    }
    assertThat(tests).as("test classes").isGreaterThan(30);
    assertThat(found).as("tests that may be skipped").isEmpty();
  }

  private static String[] with(String[] packages, String... more) {
    List<String> all = new ArrayList<>(List.of(packages));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
