/**
 * Audio files and streams to samples and back, while the bytes still arrive and in memory alone.
 * Plain PCM and G.711 are read and written in Java, all else by FFmpeg's libraries, which are asked
 * for by name of one format and one coding and never choose for themselves. Knows nothing of
 * resampling: samples come and go at the rate of their format.
 */
@NullMarked
package dev.parley.gpu.codec;

import org.jspecify.annotations.NullMarked;
