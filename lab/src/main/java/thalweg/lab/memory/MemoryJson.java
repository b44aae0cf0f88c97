package thalweg.lab.memory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import thalweg.account.MemoryAccount;
import thalweg.text.Specs;

/** The answer to a {@link MemoryQuestion} as JSON, format {@code memory/1}. */
public final class MemoryJson {
  private MemoryJson() {}

  /** The text. */
  public static String text(MemoryQuestion question) {
    ObjectNode root =
        new ObjectMapper()
            .createObjectNode()
            .put("format", "memory/1")
            .put("trained", question.trained().name())
            .put("parameters", question.trained().parameters())
            .put("tensors", question.trained().shapes().size())
            .put("shaped", question.trained().shaped())
            .put("precision", question.precision().name())
            .put("states", MemoryQuestion.name(question.precision().states()))
            .put("zero", question.zero().stage())
            .put("ranks", question.zero().ranks());
    ArrayNode list = root.putArray("optimizers");
    List<MemoryAccount> accounts = question.accounts();
    for (int i = 0; i < accounts.size(); i++) {
      MemoryAccount account = accounts.get(i);
      ObjectNode one =
          list.addObject()
              .put("optimizer", Specs.print(question.rules().get(i)))
              .put("bytes", account.bytes())
              .put("bytes_per_parameter", (double) account.bytes() / account.parameters())
              .put("bytes_of_rank", account.bytesOfRank())
              .put("optimizer_bytes", account.optimizerBytes())
              .put("optimizer_bytes_of_rank", account.optimizerBytesOfRank());
      ArrayNode lines = one.putArray("lines");
      for (MemoryAccount.Line line : account.lines()) {
        lines
            .addObject()
            .put("part", line.part().name().toLowerCase(Locale.ROOT))
            .put("name", line.name())
            .put("type", MemoryQuestion.name(line.type()))
            .put("numbers", line.numbers())
            .put("bytes", line.bytes())
            .put("bytes_of_rank", line.bytesOfRank());
      }
    }
    ArrayNode notes = root.putArray("notes");
    question.notes().forEach(notes::add);
    return root.toString();
  }
}
