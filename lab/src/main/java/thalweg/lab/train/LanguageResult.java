package thalweg.lab.train;

/**
 * A language model of characters beside one that only counts.
 *
 * @param baselineValidation perplexity of the model that knows the two characters before, on the
 *     validation text
 * @param baselineTest the same on the test text; NaN if there is none
 * @param sample what the trained model writes; empty if none was asked for
 */
public record LanguageResult(double baselineValidation, double baselineTest, String sample) {}
