package thalweg.lab.compare;

/**
 * A run and what its optimizer held.
 *
 * @param stateBytes bytes of state for one learned number
 * @param memory bytes of everything
 * @param backend what computed the updates
 */
public record Trained(SeedRun run, double stateBytes, OptimizerMemory memory, String backend) {}
