package thalweg.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;

class RecordSpecsTest {
  public enum Wood {
    NONE,
    OAK
  }

  public record Table(
      @Hyperparameter(value = "4", range = "[3, inf)") int legs,
      @Hyperparameter("[80, 120]") List<Long> size,
      @Hyperparameter("oak") Wood wood,
      @Hyperparameter("0.5") double shine) {
    public Table {
      Hyperparameters.check(Table.class, legs, size, wood, shine);
    }
  }

  public record Rug(boolean red) {}

  private static final RecordSpecs<Record> FURNITURE = new RecordSpecs<>("furniture", kinds());

  private static SequencedMap<String, Class<? extends Record>> kinds() {
    SequencedMap<String, Class<? extends Record>> kinds = new LinkedHashMap<>();
    kinds.put("table", Table.class);
    kinds.put("rug", Rug.class);
    return kinds;
  }

  @Test
  void defaults_stand_where_nothing_is_given() {
    assertThat(FURNITURE.parse("table")).isEqualTo(new Table(4, List.of(80L, 120L), Wood.OAK, 0.5));
    assertThat(FURNITURE.parse("table(3, size=[], shine=1)"))
        .isEqualTo(new Table(3, List.of(), Wood.OAK, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "table # table",
        "table(4, [80, 120], oak) # table",
        "table(size=[1], legs=5) # table(legs=5, size=[1])",
        "rug(true) # rug(red=true)"
      })
  void what_is_printed_reads_back_the_same(String text, String canonical) {
    Record read = FURNITURE.parse(text);
    assertThat(FURNITURE.print(read)).isEqualTo(canonical);
    assertThat(FURNITURE.parse(canonical)).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "rugg # 'rugg', position 1: no furniture is called 'rugg'; did you mean 'rug'?",
        "rug # 'rug', position 1: rug needs red; write rug(red=…)",
        "table(legs=2) # 'table(legs=2)', position 12: table.legs must be in [3, inf), got 2",
        "table(size=3) # table.size must be a list of whole numbers, got '3'; write size=[…]",
        "table(size=[a]) # table.size must be a list of whole numbers, got 'a' in it",
        "table(wood=elm) # table.wood must be one of none, oak, got 'elm'",
        "table(shine=linear) # table.shine cannot follow a schedule; write a number",
        "table | rug # one furniture is wanted, got 2 joined by '|'",
        "table( # '(' at 6 is not closed; add ')'",
        "( # expected a name such as table, got '('"
      })
  void what_is_wrong_is_said_in_one_line(String text, String message) {
    assertThatThrownBy(() -> FURNITURE.parse(text))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(message);
  }
}
