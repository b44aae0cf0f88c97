package thalweg.lab.catalogue;

import thalweg.formula.Hyperparameters.Component;
import thalweg.text.ScheduleCatalogue;
import thalweg.text.ScheduleEntry;

/** The page of all schedules, in Markdown: how they are joined, then each, read off its record. */
final class SchedulesPage {
  private SchedulesPage() {}

  static String write() {
    StringBuilder text =
        new StringBuilder(
            """
            <!-- Generated from the catalogue. Do not edit: CONTRIBUTING.md has the command. -->

            # Schedules

            A schedule is a pure function of how far training is. It stands for any number of any optimizer or transformation:

            ```text
            sgd(lr=cosine_annealing(base=0.1, T_max=200), momentum=0.9)
            adamw(lr=warmup(2000).then(cosine_annealing(base=3e-4, T_max=98000, eta_min=3e-5)), weight_decay=linear(base=0.1))
            clip_by_global_norm(exponential(base=1, gamma=0.99)) | adam(betas=[0.9, warmup(base=0.999, steps=100, start_factor=0.9)])
            ```

            ```java
            import static thalweg.schedule.Schedules.cosineAnnealing;
            import static thalweg.schedule.Schedules.warmup;

            import thalweg.rules.AdamW;

            AdamW.lr(3e-4).weightDecay(0.1).scheduled("lr", warmup(2_000).then(cosineAnnealing(98_000).to(3e-5)))
            ```

            `base` is what it departs from. Without one that is the hyperparameter's own value, so a schedule never changes what was configured,
            only how it goes on from there; parts of a joined schedule that bring no base have that of the whole. `lr` and, but for `cyclic`, where it is
            the lower rate, `base_lr` mean the same.

            ## Joining

            | text | Java | meaning |
            | --- | --- | --- |
            | `a.then(b)` | `a.then(b)` | a to its end, then b from its own step 0 |
            | `a.until(n)` | `a.until(n)` | a for n steps; ends there |
            | `a.times(b)` | `a.times(b)` | both at once: b has a's value for its base |
            | `a.per_epoch()`, `a(…, per=epoch)` | `a.perEpoch()` | a's steps are epochs, counted from the beginning of training |
            | `sequential([a, b], milestones=[n])` | `sequential(List.of(a, b), List.of(n))` | as PyTorch's SequentialLR |
            | `chained([a, b])` | `chained(a, b)` | as PyTorch's ChainedScheduler |

            An epoch schedule on top of an update schedule is a product: `warmup(500).times(step(step_size=30).per_epoch())`.

            What has an end says so: `warmup`, `constant`, `linear` and `polynomial` after their steps, where they keep their last value;
            `cosine_annealing` after `T_max`, from where it rises again, as PyTorch does; `one_cycle`, `wsd` and `until(n)` have no value behind
            it, and a step that asks for one fails before anything is updated. So does a value that is not finite or not in the hyperparameter's range.

            ## Training

            The optimizer counts its updates. The training loop says when an epoch ends, and reports the metric that `reduce_on_plateau` waits for:

            ```
            optimizer.step();
            optimizer.endEpoch();           // for schedules per epoch
            optimizer.report(validation);   // PyTorch's scheduler.step(metric)
            optimizer.group("default").get("lr");                   // the value of the next update
            optimizer.group("default").set("lr", "constant(0.5)");  // another schedule, from here on
            optimizer.group("default").set("lr", 0.01);             // none any more
            ```

            `compare` calls both after each epoch, with the validation loss. It tries learning rates for a schedule without a base, and takes one with a
            base as it is.

            `one_cycle` and `cyclic` on `lr` drive `momentum` or `beta1` of the same rule too, unless `cycle_momentum=false`.

            Saved with the state are the schedules as text, the number of updates and of epochs, and what plateaus remember; a run that is resumed at
            any step goes on as if it had not stopped. Equal plateaus hear equal metrics and so share what they remember. Functions in Java are not
            saved: the optimizer that loads must have them.

            A group added later has the optimizer's clock: a warm-up that is over for the others is over for it.

            `./thalweg schedule SPEC --steps N` shows the numbers and the curve.
            """);
    for (ScheduleEntry entry : ScheduleCatalogue.entries()) {
      text.append("\n## ").append(entry.id()).append("\n\n");
      text.append(RulePage.sentence(entry.summary())).append("\n\n");
      text.append("```\n").append(entry.formula()).append("\n```\n\n");
      if (!entry.inJavaOnly()) {
        row(text, "name", "default", "range");
        row(text, "---", "---", "---");
        for (Component component : entry.hyperparameters().list()) {
          row(
              text,
              "`" + component.name() + "`",
              ScheduleView.standard(component),
              ScheduleView.range(component));
        }
        text.append('\n');
      }
      entry
          .differs()
          .forEach(note -> text.append("Differs: ").append(Markdown.escaped(note)).append(".\n\n"));
      text.append("Source: ").append(Markdown.escaped(entry.paper())).append('\n');
    }
    return text.toString();
  }

  private static void row(StringBuilder text, String... cells) {
    text.append(Markdown.row(cells)).append('\n');
  }
}
