package dev.parley.gpu.vad.live;

import java.time.Duration;

/**
 * What live detection has done since it was made.
 *
 * @param streams signals that are open
 * @param runs runs of the network
 * @param rows chunks heard in them; {@code rows / runs} is the mean batch
 * @param failures runs that failed
 * @param largestWait the longest that a chunk was ready and its probability not told
 */
public record LiveStatus(int streams, long runs, long rows, long failures, Duration largestWait) {}
