/**
 * What damaged audio files do to the codecs: files that a seed breaks, decoded in a process of
 * their own, so that a crash of native code is a finding and not the end of the benchmark.
 */
@NullMarked
package dev.parley.hub.bench.codec;

import org.jspecify.annotations.NullMarked;
