/** Speed of a step against libtorch, a hand-written loop and the machine's own limits. */
@NullMarked
package thalweg.benchmarks;

import org.jspecify.annotations.NullMarked;
