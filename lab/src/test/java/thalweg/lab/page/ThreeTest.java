package thalweg.lab.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreeTest {
  @Test
  void nothingIsImportedAndAllThatIsUsedIsDefined() {
    String script = Three.script();
    assertThat(script).doesNotContainPattern("(?m)(^|[;}])(import|export)\\s*[{*]");
    assertThat(script).contains("SPDX-License-Identifier: MIT");
    for (String name : new String[] {"WebGLRenderer", "OrbitControls", "LineSegments2"}) {
      assertThat(script).containsPattern("Object\\.assign\\(THREE, \\{[^}]*\\b" + name + "\\b");
    }
    assertThat(script.length()).isLessThan(820_000);
  }
}
