package thalweg.lab.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import thalweg.lab.serve.http.Limits;

/**
 * What a server is asked for.
 *
 * @param host name or address to listen on
 * @param port 0 for one that is free
 * @param network whether {@code host} may be one that other machines reach
 * @param runs the folder whose runs are shown; it may come later
 * @param threads that compute paths
 * @param version of the library
 * @param continuing the command that goes on with what {@code train} or {@code compare} left in a
 *     folder
 */
public record ServeSettings(
    String host,
    int port,
    boolean network,
    Path runs,
    int threads,
    String version,
    BiFunction<String, Path, List<String>> continuing,
    Limits limits) {}
